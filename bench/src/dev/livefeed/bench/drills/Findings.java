package dev.livefeed.bench.drills;

import java.util.ArrayList;
import java.util.List;

/** Collects what a drill has found wrong; the first ones are kept as text. */
final class Findings {

    private static final int KEPT = 5;

    private final List<String> kept = new ArrayList<>();
    private long count;

    void add(String finding) {
        count++;
        if (kept.size() < KEPT) {
            kept.add(finding);
        }
    }

    /** Adds a finding unless a condition holds; returns whether it holds. */
    boolean check(boolean condition, String finding) {
        if (!condition) {
            add(finding);
        }
        return condition;
    }

    @Override
    public String toString() {
        return String.join("; ", kept) + (count > KEPT ? "; " + (count - KEPT) + " more" : "");
    }
}
