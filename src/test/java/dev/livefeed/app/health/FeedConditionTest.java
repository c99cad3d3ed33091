package dev.livefeed.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.feed.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The words of health's state are part of its contract. */
class FeedConditionTest {

    @Test
    void theWordsInJson() {
        assertThat(FeedCondition.values())
                .extracting(FeedCondition::toString)
                .containsExactlyInAnyOrder(
                        "blocked",
                        "maintenance",
                        "live",
                        "synthetic",
                        "replay",
                        "paused",
                        "degraded",
                        "starting",
                        "stale",
                        "disconnected",
                        "retrying",
                        "exhausted",
                        "finished",
                        "misconfigured",
                        "stopped");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"IDLE", "RUNNING"})
    void withoutAProcessItIsThePhase(Phase phase) {
        assertThat(FeedCondition.of(phase)).hasToString(phase.toString());
    }

    @Test
    void beforeTheFirstProcessItIsStarting() {
        assertThat(FeedCondition.of(Phase.IDLE)).isSameAs(FeedCondition.STARTING);
    }
}
