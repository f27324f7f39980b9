package org.notegrad.kernel.channel;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * A message that the kernel sends.
 *
 * @param route the frames before the delimiter: a client's identities, or iopub's topic
 * @param type such as {@code execute_reply}
 * @param parent the header of the request that caused it, or an empty object
 */
record Outgoing(
    Channel channel,
    List<byte[]> route,
    String type,
    JsonObject parent,
    JsonObject metadata,
    JsonObject content,
    List<byte[]> buffers) {}
