package org.notegrad.kernel.eval.weave;

import static java.lang.constant.ConstantDescs.CD_Throwable;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Rewrites user classes so that their cells can be stopped: a {@link Checkpoint} at loop back edges
 * and method entries, handlers of {@link Throwable} that pass a stop on, no way to end the JVM.
 */
public final class Weaver {

  private static final ClassDesc CHECKPOINT = ClassDesc.of(Checkpoint.class.getName());
  private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(CD_void);
  private static final DynamicCallSiteDesc CHECK =
      DynamicCallSiteDesc.of(
          ConstantDescs.ofCallsiteBootstrap(CHECKPOINT, "bootstrap", ConstantDescs.CD_CallSite),
          "check",
          NOTHING);
  private static final DirectMethodHandleDesc CONSTANT =
      ConstantDescs.ofCallsiteBootstrap(
          CHECKPOINT, "constant", ConstantDescs.CD_CallSite, ConstantDescs.CD_MethodHandle);
  private static final int FIRST_WITH_INVOKEDYNAMIC = ClassFile.JAVA_7_VERSION;
  private static final Set<String> CATCH_ALL = Set.of("java/lang/Throwable", "java/lang/Error");

  private static final ClassDesc SYSTEM = ClassDesc.of("java.lang.System");
  private static final ClassDesc RUNTIME = ClassDesc.of("java.lang.Runtime");
  private static final ClassDesc SERVER_SOCKET = ClassDesc.of("java.net.ServerSocket");
  private static final ClassDesc SOCKET = ClassDesc.of("java.net.Socket");
  private static final ClassDesc THREAD = ClassDesc.of("java.lang.Thread");
  private static final MethodTypeDesc SLEEP = MethodTypeDesc.of(CD_void, ConstantDescs.CD_long);
  private static final MethodTypeDesc SLEEP_FOR =
      MethodTypeDesc.of(CD_void, ClassDesc.of("java.time.Duration"));
  private static final MethodTypeDesc EXIT = MethodTypeDesc.of(CD_void, CD_int);

  /** A JDK method, and the static one of {@link Checkpoint} that stands in for it. */
  private record Substitute(
      ClassDesc owner, String name, MethodTypeDesc type, MethodTypeDesc standIn) {}

  private static final List<Substitute> SUBSTITUTES =
      List.of(
          new Substitute(SYSTEM, "exit", EXIT, EXIT),
          new Substitute(THREAD, "sleep", SLEEP, SLEEP),
          new Substitute(THREAD, "sleep", SLEEP_FOR, SLEEP_FOR),
          new Substitute(RUNTIME, "exit", EXIT, MethodTypeDesc.of(CD_void, RUNTIME, CD_int)),
          new Substitute(RUNTIME, "halt", EXIT, MethodTypeDesc.of(CD_void, RUNTIME, CD_int)),
          new Substitute(
              SERVER_SOCKET,
              "accept",
              MethodTypeDesc.of(SOCKET),
              MethodTypeDesc.of(SOCKET, SERVER_SOCKET)));

  // Weaving moves code but adds no branch, so the frames of the original stay right.
  private static final ClassFile CLASS_FILE =
      ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS);

  private Weaver() {}

  /** Weaves a class of a library: its lines and variables stay as they are. */
  public static byte[] weave(byte[] classFile) {
    return weave(classFile, CellClass.LIBRARY);
  }

  /**
   * Weaves a class.
   *
   * @param classFile as a compiler made it
   * @param cell where its lines and variables come from
   * @return the woven class file
   * @throws IllegalArgumentException if a method would grow over the JVM's 64 KiB
   */
  public static byte[] weave(byte[] classFile, CellClass cell) {
    var model = CLASS_FILE.parse(classFile);
    return CLASS_FILE.transformClass(model, new ClassWeaver(model, cell));
  }

  private record ClassWeaver(ClassModel model, CellClass cell) implements ClassTransform {

    @Override
    public void accept(ClassBuilder builder, ClassElement element) {
      switch (element) {
        case MethodModel method ->
            builder.transformMethod(
                method,
                (methodBuilder, part) -> {
                  if (part instanceof CodeModel code) {
                    methodBuilder.transformCode(code, new CodeWeaver(model, method, code, cell));
                  } else {
                    methodBuilder.with(part);
                  }
                });
        case SourceFileAttribute _ when cell.label() != null ->
            builder.with(SourceFileAttribute.of(cell.label()));
        default -> builder.with(element);
      }
    }
  }

  private static final class CodeWeaver implements CodeTransform {

    private final CellClass cell;
    private final CodeModel code;
    private final boolean dynamic;
    private final boolean checksEntry;
    private final Set<Label> passed = new HashSet<>();
    private final Set<Label> catchAlls = new HashSet<>();

    CodeWeaver(ClassModel model, MethodModel method, CodeModel code, CellClass cell) {
      this.cell = cell;
      this.code = code;
      this.dynamic = model.majorVersion() >= FIRST_WITH_INVOKEDYNAMIC;
      this.checksEntry = !method.methodName().equalsString(ConstantDescs.CLASS_INIT_NAME);
      for (var handler : code.exceptionHandlers()) {
        handler
            .catchType()
            .filter(type -> CATCH_ALL.contains(type.asInternalName()))
            .ifPresent(_ -> catchAlls.add(handler.handler()));
      }
    }

    @Override
    public void atStart(CodeBuilder builder) {
      code.findAttribute(Attributes.stackMapTable()).ifPresent(builder::with);
      if (checksEntry) {
        check(builder);
      }
    }

    @Override
    public void accept(CodeBuilder builder, CodeElement element) {
      switch (element) {
        case LabelTarget target -> {
          builder.with(target);
          passed.add(target.label());
          if (catchAlls.contains(target.label())) {
            builder.dup();
            builder.invokestatic(CHECKPOINT, "rethrow", MethodTypeDesc.of(CD_void, CD_Throwable));
          }
        }
        case BranchInstruction branch -> {
          checkBackEdge(builder, passed.contains(branch.target()));
          builder.with(branch);
        }
        case TableSwitchInstruction table -> {
          checkBackEdge(builder, jumpsBack(table.defaultTarget(), table.cases()));
          builder.with(table);
        }
        case LookupSwitchInstruction lookup -> {
          checkBackEdge(builder, jumpsBack(lookup.defaultTarget(), lookup.cases()));
          builder.with(lookup);
        }
        case InvokeInstruction call -> invoke(builder, call);
        case InvokeDynamicInstruction call -> invokeDynamic(builder, call);
        case FieldInstruction access -> field(builder, access);
        case LineNumber line -> {
          int mapped = cell.line(line.line());
          if (mapped > 0) {
            builder.lineNumber(mapped);
          }
        }
        default -> builder.with(element);
      }
    }

    private boolean jumpsBack(Label defaultTarget, List<SwitchCase> cases) {
      return passed.contains(defaultTarget)
          || cases.stream().anyMatch(one -> passed.contains(one.target()));
    }

    private void checkBackEdge(CodeBuilder builder, boolean back) {
      if (back) {
        check(builder);
      }
    }

    private void check(CodeBuilder builder) {
      if (dynamic) {
        builder.invokedynamic(CHECK);
      } else {
        builder.invokestatic(CHECKPOINT, "check", NOTHING);
      }
    }

    private static void invoke(CodeBuilder builder, InvokeInstruction call) {
      var substitute =
          substitute(call.owner().asSymbol(), call.name().stringValue(), call.typeSymbol());
      if (substitute == null || call.opcode() == Opcode.INVOKESPECIAL) {
        builder.with(call);
      } else {
        builder.invokestatic(CHECKPOINT, substitute.name(), substitute.standIn());
      }
    }

    private static Substitute substitute(ClassDesc owner, String name, MethodTypeDesc type) {
      for (var candidate : SUBSTITUTES) {
        if (candidate.name().equals(name)
            && candidate.owner().equals(owner)
            && candidate.type().equals(type)) {
          return candidate;
        }
      }
      return null;
    }

    /** Method references such as {@code System::exit} are arguments of a bootstrap method. */
    private static void invokeDynamic(CodeBuilder builder, InvokeDynamicInstruction call) {
      var arguments = call.bootstrapArgs().toArray(ConstantDesc[]::new);
      var changed = Arrays.stream(arguments).map(CodeWeaver::standIn).toArray(ConstantDesc[]::new);
      if (Arrays.equals(arguments, changed)) {
        builder.with(call);
      } else {
        builder.invokedynamic(
            DynamicCallSiteDesc.of(
                call.bootstrapMethod(), call.name().stringValue(), call.typeSymbol(), changed));
      }
    }

    private static ConstantDesc standIn(ConstantDesc argument) {
      if (argument instanceof DirectMethodHandleDesc handle && isMethod(handle)) {
        var substitute =
            substitute(
                handle.owner(),
                handle.methodName(),
                MethodTypeDesc.ofDescriptor(handle.lookupDescriptor()));
        if (substitute != null) {
          return MethodHandleDesc.ofMethod(
              DirectMethodHandleDesc.Kind.STATIC,
              CHECKPOINT,
              substitute.name(),
              substitute.standIn());
        }
      }
      return argument;
    }

    private static boolean isMethod(DirectMethodHandleDesc handle) {
      return handle.kind() == DirectMethodHandleDesc.Kind.STATIC
          || handle.kind() == DirectMethodHandleDesc.Kind.VIRTUAL;
    }

    private void field(CodeBuilder builder, FieldInstruction access) {
      var owner = access.owner().asInternalName();
      var name = access.name().stringValue();
      var type = access.typeSymbol();
      var storage = cell.variables().storage(owner, name);
      var holder = ClassDesc.ofInternalName(storage);
      if (access.opcode() == Opcode.PUTSTATIC) {
        cell.variables().written(storage, name);
      }
      if (access.opcode() == Opcode.GETSTATIC && cell.variables().isConstant(storage, name)) {
        var getter =
            MethodHandleDesc.ofField(DirectMethodHandleDesc.Kind.STATIC_GETTER, holder, name, type);
        builder.invokedynamic(
            DynamicCallSiteDesc.of(CONSTANT, name, MethodTypeDesc.of(type), getter));
      } else if (storage.equals(owner)) {
        builder.with(access);
      } else {
        builder.fieldAccess(access.opcode(), holder, name, type);
      }
    }
  }
}
