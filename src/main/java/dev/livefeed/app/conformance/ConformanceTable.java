package dev.livefeed.app.conformance;

import dev.livefeed.app.conformance.Finding.Result;
import java.util.List;

/** The findings as text: one row per rule, with the line and what to do for a rule that is broken. */
public final class ConformanceTable {

    private ConformanceTable() {}

    public static List<String> rows(RuleFindings findings) {
        return findings.rows().stream().map(ConformanceTable::row).toList();
    }

    private static String row(Finding finding) {
        String row = String.format("%-15s %-14s  %s", finding.rule(), finding.result(), finding.seen());
        if (finding.result() != Result.FAILED) {
            return row;
        }
        String line = finding.line().isEmpty() ? "" : " | line: " + finding.line();
        return row + line + " | do: " + finding.rule().advice();
    }
}
