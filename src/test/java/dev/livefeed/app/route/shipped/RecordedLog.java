package dev.livefeed.app.route.shipped;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** The lines that routes log during a test. */
final class RecordedLog implements BeforeEachCallback, AfterEachCallback {

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Level usual = root.getLevel();

    @Override
    public void beforeEach(ExtensionContext context) {
        logged.start();
        root.addAppender(logged);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        root.detachAppender(logged);
        root.setLevel(usual);
    }

    /** From now on DEBUG is logged too. */
    void debug() {
        root.setLevel(Level.DEBUG);
    }

    /** The lines that begin with this word, each with its level before it. */
    List<String> lines(String word) {
        return List.copyOf(logged.list).stream()
                .filter(event -> event.getFormattedMessage().startsWith(word + ' '))
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }
}
