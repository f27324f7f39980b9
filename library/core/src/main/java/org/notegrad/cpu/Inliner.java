package org.notegrad.cpu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Copies the body of a static method of this package, and of those that it calls in turn, into code
 * that is being written, from its class file. What C2 might decide not to inline is inlined before
 * it sees it.
 */
final class Inliner {
  private record Key(String name, String type) {}

  private static final Map<ClassDesc, Map<Key, MethodModel>> CLASSES = new ConcurrentHashMap<>();
  private static final String PACKAGE = Inliner.class.getPackageName();

  private final CodeBuilder code;
  private final Map<Integer, Integer> locals = new HashMap<>();
  private final Map<Label, Label> labels = new HashMap<>();
  private final Label end;
  private boolean jumpsToEnd;

  private Inliner(CodeBuilder code) {
    this.code = code;
    this.end = code.newLabel();
  }

  static boolean has(ClassDesc owner, String name, MethodTypeDesc type) {
    return methods(owner).containsKey(new Key(name, type.descriptorString()));
  }

  /** The arguments are on the stack; the result takes their place. */
  static void call(CodeBuilder code, ClassDesc owner, String name, MethodTypeDesc type) {
    MethodModel method = methods(owner).get(new Key(name, type.descriptorString()));
    if (method == null) {
      throw new IllegalStateException("no method " + owner.displayName() + "." + name + type);
    }
    new Inliner(code).copy(method, type);
  }

  private static Map<Key, MethodModel> methods(ClassDesc owner) {
    return CLASSES.computeIfAbsent(owner, Inliner::read);
  }

  private static Map<Key, MethodModel> read(ClassDesc owner) {
    String file = owner.displayName() + ".class";
    try (var in = Inliner.class.getResourceAsStream(file)) {
      Map<Key, MethodModel> methods = new HashMap<>();
      for (MethodModel method : ClassFile.of().parse(in.readAllBytes()).methods()) {
        methods.put(
            new Key(method.methodName().stringValue(), method.methodType().stringValue()), method);
      }
      return methods;
    } catch (IOException e) {
      throw new UncheckedIOException("the class file " + file + " can't be read", e);
    }
  }

  private void copy(MethodModel method, MethodTypeDesc type) {
    int slot = type.parameterList().stream().mapToInt(p -> TypeKind.from(p).slotSize()).sum();
    for (ClassDesc parameter : type.parameterList().reversed()) {
      TypeKind kind = TypeKind.from(parameter);
      slot -= kind.slotSize();
      code.storeLocal(kind, local(slot, kind));
    }
    List<CodeElement> elements = method.code().orElseThrow().elementList();
    int last = elements.size() - 1;
    while (!(elements.get(last) instanceof ReturnInstruction)) {
      last--;
    }
    for (int i = 0; i < last; i++) {
      copy(elements.get(i));
    }
    if (jumpsToEnd) {
      code.labelBinding(end);
    }
  }

  private void copy(CodeElement element) {
    switch (element) {
      case LoadInstruction load ->
          code.loadLocal(load.typeKind(), local(load.slot(), load.typeKind()));
      case StoreInstruction store ->
          code.storeLocal(store.typeKind(), local(store.slot(), store.typeKind()));
      case IncrementInstruction inc -> code.iinc(local(inc.slot(), TypeKind.INT), inc.constant());
      case LabelTarget target -> code.labelBinding(label(target.label()));
      case BranchInstruction branch -> code.branch(branch.opcode(), label(branch.target()));
      case ReturnInstruction _ -> {
        jumpsToEnd = true;
        code.goto_(end);
      }
      case InvokeInstruction call when isOurs(call) ->
          call(code, call.owner().asSymbol(), call.name().stringValue(), call.typeSymbol());
      case TableSwitchInstruction s -> throw new IllegalStateException("not copied: " + s);
      case LookupSwitchInstruction s -> throw new IllegalStateException("not copied: " + s);
      case Instruction other -> code.with(other);
      default -> {} // line numbers and names of variables
    }
  }

  /** What works on arrays or numbers, for rare elements, is called as it stands. */
  private static boolean isOurs(InvokeInstruction call) {
    return call.opcode() == Opcode.INVOKESTATIC
        && call.owner().asSymbol().packageName().equals(PACKAGE)
        && call.type().stringValue().contains("Vector;");
  }

  /** A slot may hold several variables of different types, one after another. */
  private int local(int slot, TypeKind kind) {
    return locals.computeIfAbsent(
        slot * TypeKind.values().length + kind.ordinal(), _ -> code.allocateLocal(kind));
  }

  private Label label(Label original) {
    return labels.computeIfAbsent(original, _ -> code.newLabel());
  }
}
