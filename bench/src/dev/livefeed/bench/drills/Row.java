package dev.livefeed.bench.drills;

/**
 * A row of the table.
 *
 * @param drill name of the drill
 * @param what was tried
 * @param tried how often
 * @param survived how often what was promised was kept
 * @param lost empty, or what was lost or broken
 * @param figures measured
 * @param skipped whether this machine cannot do it; {@code lost} has the reason
 */
record Row(String drill, String what, long tried, long survived, String lost, String figures, boolean skipped) {

    static Row of(String drill, String what, long tried, long survived, String lost, String figures) {
        return new Row(drill, what, tried, survived, lost, figures, false);
    }

    static Row skipped(String drill, String what, String reason) {
        return new Row(drill, what, 0, 0, reason, "", true);
    }

    boolean failed() {
        return !skipped && (survived < tried || !lost.isEmpty());
    }
}
