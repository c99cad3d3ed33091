package dev.livefeed.bench.drills;

import java.util.List;

/** Injects faults of one kind. */
interface Drill {

    /** The name by which it is chosen. */
    String name();

    /**
     * Runs it.
     *
     * @return its rows of the table
     * @throws DrillFailure if it cannot go on
     */
    List<Row> run(DrillSetup setup) throws Exception;
}
