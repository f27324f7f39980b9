package org.notegrad.cpu;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_STATIC;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import org.notegrad.backend.Program;

/** Writes a program as the class of one loop, over scalars or over vectors. */
final class LoopClass {
  /** The JIT never compiles a method of more bytes (HugeMethodLimit). */
  static final int LARGEST_METHOD = 8_000;

  private static final ClassDesc KERNEL = LoopKernel.class.describeConstable().orElseThrow();
  private static final ClassDesc SELF = ClassDesc.of("org.notegrad.cpu.CompiledLoop");
  private static final MethodTypeDesc RUN =
      MethodTypeDesc.of(
          CD_void, CD_Object.arrayType(), CD_int.arrayType(), CD_double.arrayType(), CD_int);

  /** A program for which no loop is written, and why. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String reason) {
      super(reason);
    }
  }

  private LoopClass() {}

  /**
   * The loop over single elements.
   *
   * @param repeated bit {@code i} says that input i is one element along a run
   * @throws Refused if the JIT would never compile it
   */
  static LoopKernel scalar(Program program, int repeated) {
    return define(bytes(body -> new ScalarLoop(program, repeated, body).write(), null, 1));
  }

  /**
   * The loop over vectors of {@code lanes} elements.
   *
   * @throws Refused if it has a function without a vector form, or the JIT would never compile it
   */
  static LoopKernel vector(Program program, int repeated, int lanes) {
    return define(vectorBytes(program, repeated, lanes));
  }

  private static byte[] vectorBytes(Program program, int repeated, int lanes) {
    return bytes(
        body -> new VectorLoop(program, repeated, lanes, body).write(),
        body -> new VectorLoop(program, repeated, lanes, body).writeTail(),
        lanes);
  }

  /** How many instructions a step over {@code lanes} elements has, functions included. */
  static int instructions(Program program, int repeated, int lanes) {
    byte[] bytes = vectorBytes(program, repeated, lanes);
    return ClassFile.of().parse(bytes).methods().stream()
        .filter(method -> method.methodName().equalsString("loop"))
        .flatMap(method -> method.code().orElseThrow().elementStream())
        .mapToInt(element -> element instanceof Instruction ? 1 : 0)
        .sum();
  }

  private interface Body {
    void write(CodeBuilder code);
  }

  /** The masked rest is a method of its own: in the loop's it would slow the loop down. */
  private static byte[] bytes(Body loop, Body tail, int lanes) {
    return ClassFile.of(ClassFile.StackMapsOption.STACK_MAPS_WHEN_REQUIRED)
        .build(
            SELF,
            type -> {
              type.withFlags(ACC_PUBLIC | ACC_FINAL).withInterfaceSymbols(KERNEL);
              type.withMethodBody(
                  "<init>",
                  MethodTypeDesc.of(CD_void),
                  ACC_PUBLIC,
                  code ->
                      code.aload(0)
                          .invokespecial(CD_Object, "<init>", MethodTypeDesc.of(CD_void))
                          .return_());
              type.withMethodBody("run", RUN, ACC_PUBLIC | ACC_FINAL, code -> run(code, lanes));
              type.withMethodBody("loop", RUN, ACC_STATIC, loop::write);
              if (tail != null) {
                type.withMethodBody("tail", RUN, ACC_STATIC, tail::write);
              }
            });
  }

  private static void run(CodeBuilder code, int lanes) {
    if (lanes == 1) {
      call(code, "loop");
    } else {
      Label noLoop = code.newLabel();
      Label noTail = code.newLabel();
      code.iload(4).loadConstant(lanes).if_icmplt(noLoop);
      call(code, "loop");
      code.labelBinding(noLoop).iload(4).loadConstant(lanes - 1).iand().ifeq(noTail);
      call(code, "tail");
      code.labelBinding(noTail);
    }
    code.return_();
  }

  private static void call(CodeBuilder code, String method) {
    code.aload(1).aload(2).aload(3).iload(4).invokestatic(SELF, method, RUN);
  }

  private static LoopKernel define(byte[] bytes) {
    for (MethodModel method : ClassFile.of().parse(bytes).methods()) {
      int size = method.code().map(c -> ((CodeAttribute) c).codeLength()).orElse(0);
      if (size > LARGEST_METHOD) {
        throw new Refused(
            "its loop has %d bytes of code, and the JIT compiles no method of more than %d"
                .formatted(size, LARGEST_METHOD));
      }
    }
    try {
      return (LoopKernel)
          MethodHandles.lookup()
              .defineHiddenClass(bytes, true)
              .lookupClass()
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a compiled loop cannot be made", e);
    }
  }
}
