package dev.livefeed.app.conformance;

import dev.livefeed.app.conformance.Finding.Result;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What was found about each rule: its first failure, else the last of what was seen. Thread-safe. */
public final class RuleFindings {

    private static final int MAX_LINE = 160;
    private static final int MAX_SEEN = 240;

    private final Map<ProtocolRule, Finding> found = new EnumMap<>(ProtocolRule.class);
    private final UnaryOperator<String> redact;

    /** @param redact removes secrets from lines */
    RuleFindings(UnaryOperator<String> redact) {
        this.redact = redact;
    }

    synchronized void ok(ProtocolRule rule, String seen) {
        put(new Finding(rule, Result.OK, seen, ""));
    }

    synchronized void notApplicable(ProtocolRule rule, String why) {
        put(new Finding(rule, Result.NOT_APPLICABLE, why, ""));
    }

    void failed(ProtocolRule rule, String seen) {
        failed(rule, seen, new byte[0]);
    }

    synchronized void failed(ProtocolRule rule, String seen, byte[] line) {
        String text = new String(line, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ");
        String kept = redact.apply(text);
        put(new Finding(rule, Result.FAILED, cut(redact.apply(seen), MAX_SEEN), cut(kept, MAX_LINE)));
    }

    private static String cut(String text, int limit) {
        return text.length() <= limit ? text : text.substring(0, limit) + "…";
    }

    private void put(Finding finding) {
        found.merge(finding.rule(), finding, (old, now) -> old.result() == Result.FAILED ? old : now);
    }

    synchronized boolean broken(ProtocolRule rule) {
        return found.containsKey(rule) && found.get(rule).result() == Result.FAILED;
    }

    /** One row for each rule. A rule that nothing was found about was not reached. */
    public synchronized List<Finding> rows() {
        return Arrays.stream(ProtocolRule.values())
                .map(rule -> found.getOrDefault(
                        rule, new Finding(rule, Result.NOT_APPLICABLE, "not reached: see the failed rules", "")))
                .toList();
    }

    /** Whether no rule is broken. */
    public boolean good() {
        return rows().stream().noneMatch(row -> row.result() == Result.FAILED);
    }
}
