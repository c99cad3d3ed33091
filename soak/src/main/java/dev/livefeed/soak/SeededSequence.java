package dev.livefeed.soak;

/** A sequence of faults that depends on its seed only. */
interface SeededSequence {

    /**
     * Runs the sequence.
     *
     * @throws Violation if the connector violated a guarantee
     */
    SoakFigures run();

    /** A readable log of the faults, commands and statuses. */
    String log();
}
