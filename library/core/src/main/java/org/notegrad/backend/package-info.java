/**
 * What a device must be able to do, for those who write a backend: families of operations over
 * storages and layouts, without tensors, gradients or policy.
 */
package org.notegrad.backend;
