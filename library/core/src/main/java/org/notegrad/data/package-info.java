/**
 * Data sets, and loaders that go through them in batches.
 *
 * <p>Nothing here opens a connection unless a data set is asked to download itself.
 */
package org.notegrad.data;
