package dev.livefeed.app.process.standby;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.feed.FeedState;
import dev.livefeed.app.feed.Watchdog;
import dev.livefeed.app.process.Supervisor;
import dev.livefeed.app.process.SupervisorConfig;
import dev.livefeed.app.settings.Secrets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** The standby runs from a used up round of the main source until that has been good for a minute. */
class StandbySourceTest {

    private long now;
    private final LongSupplier clock = () -> now;
    private final Supervisor bybit = supervisor();
    private final Supervisor binance = supervisor();
    private final AtomicBoolean rejects = new AtomicBoolean();
    private final AtomicBoolean good = new AtomicBoolean();
    private final List<String> announced = new ArrayList<>();
    private final StandbySource source =
            new StandbySource(side("bybit", bybit), side("binance", binance), Duration.ofSeconds(60), clock);

    private Supervisor supervisor() {
        Duration never = Duration.ofDays(1);
        return new Supervisor(
                new SupervisorConfig(
                        new SupervisorConfig.Launch("test", Path.of("target"), Map.of()),
                        1_000,
                        Duration.ofSeconds(60),
                        false,
                        new SupervisorConfig.StopWaits(Duration.ZERO, Duration.ZERO),
                        null,
                        new Watchdog(never, never, never, never),
                        new Secrets(List.of())),
                new FeedState(clock));
    }

    private StandbySource.Member side(String venue, Supervisor supervisor) {
        return new StandbySource.Member(
                venue,
                supervisor,
                rejects::get,
                good::get,
                status -> announced.add(status.status() + ' ' + status.venue()));
    }

    private void seconds(int count) {
        for (int i = 0; i < count; i++) {
            source.check();
            now += 1_000;
        }
        source.check();
    }

    @Test
    void theStandbyDoesNotRunWhileTheMainSourceFailsWithinItsRound() {
        source.begin();
        seconds(100);

        assertThat(binance.paused().reason()).isEqualTo("standby of bybit");
        assertThat(source.idle()).isEqualTo("binance");
        assertThat(announced).isEmpty();
    }

    @Test
    void aBreakBeginsTheMinuteAgain() {
        source.begin();
        bybit.exhausted();
        source.check();
        assertThat(binance.paused()).isNull();
        assertThat(source.idle()).isEqualTo("bybit");
        assertThat(source.active().reason()).startsWith("bybit cannot be had: its connector ");

        good.set(true);
        seconds(59);
        good.set(false);
        seconds(1);
        good.set(true);
        seconds(59);
        assertThat(source.active()).as("59 s without a break").isNotNull();
        bybit.exhausted();
        seconds(59);
        assertThat(source.active()).as("another used up round in between").isNotNull();
        seconds(2);

        assertThat(source.active()).isNull();
        assertThat(binance.paused().reason()).isEqualTo("standby of bybit");
        assertThat(announced).containsExactly("source_switched binance", "source_switched bybit");
    }

    @Test
    void rejectedSettingsAreAReasonToo() {
        source.begin();
        rejects.set(true);
        source.check();

        assertThat(source.idle()).isEqualTo("bybit");
        seconds(100);
        assertThat(announced).containsExactly("source_switched binance");
    }
}
