package org.notegrad.kernel.channel;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;

/**
 * A message of the Jupyter protocol that a client sent.
 *
 * @param identities the route back to its sender
 * @param header its header, with at least {@code msg_id} and {@code msg_type}
 * @param parent the header of the message that it answers, or an empty object
 * @param metadata anything beside the content
 * @param content what the message says; its fields depend on the type
 * @param buffers binary attachments, of comm messages only
 */
public record Message(
    List<byte[]> identities,
    JsonObject header,
    JsonObject parent,
    JsonObject metadata,
    JsonObject content,
    List<byte[]> buffers) {

  /** Such as {@code execute_request}. */
  public String type() {
    return header.get("msg_type").getAsString();
  }

  /** A field of the content as text, or what stands for its absence. */
  public String text(String field, String absent) {
    return present(field) ? content.get(field).getAsString() : absent;
  }

  /** A field of the content as a number, or what stands for its absence. */
  public int number(String field, int absent) {
    return present(field) ? content.get(field).getAsInt() : absent;
  }

  /** A field of the content as a flag, or what stands for its absence. */
  public boolean flag(String field, boolean absent) {
    return present(field) ? content.get(field).getAsBoolean() : absent;
  }

  private boolean present(String field) {
    JsonElement value = content.get(field);
    return value != null && value.isJsonPrimitive();
  }
}
