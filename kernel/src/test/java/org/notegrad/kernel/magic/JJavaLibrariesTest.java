package org.notegrad.kernel.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.notegrad.kernel.channel.Json;
import org.notegrad.kernel.display.Comm;
import org.notegrad.kernel.display.MimeBundle;

/** A library that is written for JJava, in our kernel. */
class JJavaLibrariesTest {
  private static final String LIBRARY =
      """
      package lib;
      import org.dflib.jjava.jupyter.Extension;
      import org.dflib.jjava.jupyter.kernel.BaseKernel;
      import org.dflib.jjava.jupyter.kernel.BaseNotebookStatics;
      import org.dflib.jjava.jupyter.kernel.comm.Comm;
      import org.dflib.jjava.jupyter.kernel.comm.CommManager;
      import org.dflib.jjava.jupyter.kernel.display.DisplayData;
      import org.dflib.jjava.jupyter.messages.Message;
      import org.dflib.jjava.jupyter.messages.comm.CommCloseCommand;
      import org.dflib.jjava.jupyter.messages.comm.CommMsgCommand;
      import com.google.gson.JsonObject;
      import java.util.List;
      import java.util.Map;

      public class Library implements Extension {
        public static class Frame {
          @Override public String toString() { return "a frame"; }
        }
        public static class Wide extends Frame {}

        public static class Echo extends Comm {
          public String ended = "";

          Echo(CommManager manager, String id, String target) { super(manager, id, target); }

          @Override protected void onMessage(Message<CommMsgCommand> message) {
            send(message.getContent().getData(), Map.of("version", 2), message.getBlobs());
          }

          @Override protected void onClose(Message<CommCloseCommand> message, boolean byUs) {
            ended = byUs ? "by us" : "by them";
          }
        }

        public static Echo echo;

        public static void open() {
          var comms = BaseKernel.notebookKernel().getCommManager();
          echo = comms.openComm("theirs", (manager, id, target, message) -> {
            message.getContent().getData().addProperty("from", "library");
            return new Echo(manager, id, target);
          });
        }

        @Override public void install(BaseKernel kernel) {
          kernel.getCommManager().registerTarget("echo", (manager, id, target, message) ->
              echo = new Echo(manager, id, target));
          kernel.getRenderer().createRegistration(Frame.class).preferring("text/html")
              .register((frame, context) ->
                  context.renderIfRequested(
                      org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.TEXT_HTML,
                      () -> "<b>" + frame.getClass().getSimpleName() + "</b>"));
          kernel.getRenderer().createRegistration(Object.class)
              .register((any, context) -> context.getOutputContainer().putHTML("taken over"));
          kernel.getMagicsRegistry().registerLineMagic("hail", (k, words) -> "hail " + words);
          kernel.getMagicsRegistry().registerLineMagic("time", (k, words) -> "not ours");
          kernel.getMagicsRegistry().registerCellMagic("twice", (k, words, body) -> body + body);
          kernel.getMagicsRegistry().registerLineMagic("define", (k, words) -> {
            k.evalRaw("int defined = 42;");
            return null;
          });
          kernel.evalRaw("import lib.Library.*;\\nvar named = getKernelInstance().getName();");
        }

        public static String showAndChange() {
          String id = BaseNotebookStatics.display(new Frame());
          BaseNotebookStatics.updateDisplay(id, "changed");
          return id;
        }

        public static DisplayData data() {
          var data = new DisplayData("text");
          data.putHTML("<i>html</i>");
          return data;
        }

        public static void print() {
          BaseKernel.notebookKernel().getIO().out.println("printed");
        }
      }
      """;

  @TempDir Path folder;
  private Notebook notebook;

  @BeforeEach
  void addLibrary() throws IOException {
    var source = Files.writeString(folder.resolve("Library.java"), LIBRARY);
    var classes = Files.createDirectory(folder.resolve("classes"));
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", classes.toString(), source.toString());
    assertEquals(0, status);
    var services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve("org.dflib.jjava.jupyter.Extension"), "lib.Library");
    notebook = new Notebook();
    notebook.done("%classpath " + classes);
  }

  @AfterEach
  void close() {
    notebook.close();
  }

  private Object html(String code) {
    return notebook.renderers.render(notebook.value(code)).data().get(MimeBundle.HTML);
  }

  @Test
  void itsTypesAreShownByItsRenderers() {
    assertEquals("<b>Frame</b>", html("new lib.Library.Frame()"));
    assertEquals("<b>Wide</b>", html("new lib.Library.Wide()"));
    assertEquals("a frame", notebook.renderers.render(notebook.value("new Wide()")).plainText());
  }

  @Test
  void itsRendererOfAllObjectsLeavesOurViewsAlone() {
    assertTrue(html("tensor(1f)").toString().contains("float32"));
  }

  @Test
  void theCodeThatItEvaluatesIsThereForCells() {
    assertEquals("Wide", notebook.value("new Wide().getClass().getSimpleName()"));
    assertEquals("Notegrad", notebook.value("named"));
  }

  @Test
  void itsDisplaysAreShownAndUpdated() {
    Object id = notebook.value("lib.Library.showAndChange()");
    assertEquals(
        List.of("a frame", "changed"),
        notebook.displays.stream().map(MimeBundle::plainText).toList());
    assertEquals(36, id.toString().length());
  }

  @Test
  void aBundleOfItsOwnIsShownAsItIs() {
    assertEquals("<i>html</i>", html("lib.Library.data()"));
  }

  @Test
  void itsMagicsWork() {
    assertEquals("hail [a, b c]", notebook.value("%hail a \"b c\""));
    assertEquals("x\nx\n", notebook.value("%%twice\nx\n"));
    notebook.done("%define");
    assertEquals(42, notebook.value("defined"));
    notebook.done("%lsmagic");
    assertTrue(notebook.displayed().contains("%hail"), notebook::displayed);
  }

  @Test
  void aMagicOfOursKeepsItsName() {
    assertEquals(2, notebook.value("%time 1 + 1"));
  }

  @Test
  void itsCommsAnswerTheNotebook() {
    var comm = new Comm(notebook, "c1", "echo");
    notebook.targets.get("echo").opened(comm, new JsonObject());
    comm.received(Json.object("n", 1), List.of(new byte[] {7}));
    assertEquals(List.of("send c1 {\"n\":1} {\"version\":2} 1"), notebook.comms);
    comm.closed(new JsonObject());
    assertEquals("by them", notebook.value("lib.Library.echo.ended"));
  }

  @Test
  void itOpensAndClosesComms() {
    notebook.done("lib.Library.open();");
    Object id = notebook.value("lib.Library.echo.getID()");
    notebook.done("lib.Library.echo.close();");
    assertEquals(
        List.of("open " + id + " theirs {\"from\":\"library\"}", "close " + id), notebook.comms);
    assertEquals("by us", notebook.value("lib.Library.echo.ended"));
  }

  @Test
  void whatItPrintsIsTheCells() {
    notebook.done("lib.Library.print();");
    assertEquals("printed\n", notebook.printed());
  }
}
