package dev.livefeed.app.api.response;

import dev.livefeed.app.health.Readiness;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * How many of the wanted instruments are ready, and why the others are not.
 *
 * @param when the setting READY_WHEN
 */
public record ReadinessBody(String when, int wanted, int ready, List<NotReady> notReady) {

    public record NotReady(String instrument, List<String> reasons) {}

    /** @param redact removes secrets from the reasons */
    public static ReadinessBody of(Readiness readiness, UnaryOperator<String> redact) {
        return new ReadinessBody(
                readiness.policy().text(),
                readiness.wanted(),
                readiness.ready(),
                readiness.unready().stream()
                        .map(one -> new NotReady(
                                one.instrument(),
                                one.reasons().stream().map(redact).toList()))
                        .toList());
    }
}
