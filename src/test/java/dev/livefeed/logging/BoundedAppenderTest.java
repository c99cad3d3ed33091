package dev.livefeed.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits during floods and the reports of suppressed lines. */
class BoundedAppenderTest {

    private final LoggerContext context = new LoggerContext();
    /** Prepares each event as a writing appender does. */
    private final ListAppender<ILoggingEvent> target = new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing();
            super.append(event);
        }
    };

    private final LogLimits limits = LogLimits.current();
    private long now = TimeUnit.DAYS.toNanos(1);

    @BeforeEach
    void start() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        target.start();
        BoundedAppender appender = new BoundedAppender(target, () -> now);
        appender.setContext(context);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        root.setLevel(Level.DEBUG);
    }

    @AfterEach
    void restore() {
        LogLimits.set(limits);
        context.stop();
    }

    private Logger logger(String name) {
        return context.getLogger(name);
    }

    private List<String> log() {
        return target.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private long lines(String part) {
        return log().stream().filter(line -> line.contains(part)).count();
    }

    private void advance(long seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void logStepOfARouteIsLimitedToABurstThenARate() {
        long before = SuppressedLines.LINE.count();
        for (int i = 0; i < 1_000; i++) {
            logger("trades").info("trade " + i);
        }
        assertThat(lines("trade ")).isEqualTo(200);
        assertThat(SuppressedLines.LINE.count() - before).isEqualTo(800);

        advance(1);
        logger("another").info("a word");

        assertThat(log()).last().isEqualTo("a word");
        assertThat(log()).contains("log_left_out count=800 logger=trades level=INFO");
    }

    @Test
    void floodDoesNotSuppressOtherKinds() {
        for (int i = 0; i < 10_000; i++) {
            logger("dev.livefeed.app.feed.StatusLog").info("connector_connected {}", i);
            logger("trades").info("trade " + i);
        }
        logger("dev.livefeed.app.feed.StatusLog").warn("connector_disconnected {}", "reason");
        logger("trades").warn("the price is above 50000");

        assertThat(lines("connector_connected ")).isEqualTo(2_000);
        assertThat(log()).endsWith("connector_disconnected reason", "the price is above 50000");
    }

    @Test
    void repeatedLibraryWarningIsLoggedOnceAMinute() {
        for (int second = 0; second < 100; second++) {
            for (int i = 0; i < 2; i++) {
                logger("org.apache.kafka.clients.NetworkClient")
                        .warn(
                                "[Producer clientId=producer-1] Connection to node {} (/127.0.0.1:{}) could not be"
                                        + " established. Node may not be available.",
                                -second,
                                9_000 + second);
                logger("org.apache.kafka.clients.NetworkClient")
                        .warn("[Producer clientId=producer-1] Bootstrap broker 127.0.0.1:{} disconnected", second);
            }
            advance(1);
        }

        assertThat(lines("Connection to node")).isBetween(11L, 15L);
        assertThat(lines("Bootstrap broker")).isBetween(11L, 15L);
        assertThat(lines("log_left_out")).isBetween(2L, 6L);
        logger("org.apache.kafka.clients.NetworkClient").warn("another word");
        assertThat(log()).last().isEqualTo("another word");
    }

    @Test
    void stackTracesAreLimitedAndTheLineIsKept() {
        for (int i = 0; i < 5; i++) {
            logger("org.example.Handler").error("delivery " + i + " failed", new IllegalStateException("down"));
        }
        logger("org.example.Handler").error("delivery 5 failed", new IllegalArgumentException("another"));

        assertThat(target.list).hasSize(6);
        assertThat(target.list.stream().filter(e -> e.getThrowableProxy() != null))
                .hasSize(4);
        assertThat(log()).contains("delivery 4 failed: java.lang.IllegalStateException: down (stack trace left out)");
        assertThat(target.list.get(4).getLevel()).isEqualTo(Level.ERROR);
        assertThat(target.list.get(4).getLoggerName()).isEqualTo("org.example.Handler");
    }

    @Test
    void debugLinesAndConnectorStderrAreNotLimited() {
        for (int i = 0; i < 1_000; i++) {
            logger("trades").debug("step " + i);
            logger("connector.stderr").info("line " + i);
        }
        assertThat(target.list).hasSize(2_000);
        LogLimits.set(new LogLimits(0, 0, 0));
        for (int i = 0; i < 1_000; i++) {
            logger("org.example.Handler").error("failed", new IllegalStateException("down"));
        }
        assertThat(target.list.stream().filter(e -> e.getThrowableProxy() != null))
                .hasSize(1_000);
    }

    @Test
    void numberOfKindsIsLimited() {
        for (int i = 0; i < 5_000; i++) {
            logger("route" + i % 3_000).info("x");
        }
        assertThat(target.list).hasSize(5_000);
    }

    @Test
    void shapeHasNoNumbers() {
        assertThat(MessageShape.of("Failed for (MessageId: 5B6C-0001 on Exchange: 77) at 10.5 s: \"no\"\nat x"))
                .isEqualTo("Failed for (MessageId: # on Exchange: #) at # s: 'no'");
        assertThat(MessageShape.of("a".repeat(1_000))).hasSizeLessThan(200);
        assertThat(MessageShape.of("")).isEmpty();
    }
}
