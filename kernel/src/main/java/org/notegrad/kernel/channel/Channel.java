package org.notegrad.kernel.channel;

/** The five sockets of a Jupyter kernel, in the order in which the kernel serves them. */
public enum Channel {
  CONTROL("control_port"),
  SHELL("shell_port"),
  STDIN("stdin_port"),
  IOPUB("iopub_port"),
  HEARTBEAT("hb_port");

  private final String portField;

  Channel(String portField) {
    this.portField = portField;
  }

  /** The name of this channel's port in a connection file. */
  String portField() {
    return portField;
  }
}
