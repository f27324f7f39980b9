package org.notegrad.cpu;

/**
 * What every backend must do, whatever its provider: the same numbers as plain loops over compact
 * operands, for operands of every arrangement, size and type. A provider joins by a class that
 * gives its backend.
 *
 * <p>Operations that IEEE 754 defines are the same bit by bit. Transcendental functions may differ
 * by 4 units in the last place, which is what vector mathematics libraries promise. Sums and
 * products of many numbers are bounded by the error that their order of summation may have.
 */
interface BackendContract
    extends ElementwiseContract,
        CopyContract,
        ReduceContract,
        MatmulContract,
        SoftmaxContract,
        IndexContract,
        RandomContract {}
