package dev.livefeed.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.LoggerFactory;

/**
 * Levels of the log: one for the program, and others for parts of it or for libraries. Libraries log only warnings
 * unless they are named.
 */
public final class LogLevels {

    /** Logs the stderr of connectors; their own level decides what they write. */
    public static final String STDERR = "connector.stderr";

    private static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");
    private static final String CONNECTOR = "connector";
    private static final Map<String, List<String>> PARTS = parts();
    private static final List<String> LIBRARIES = List.of("camel", "http");

    /** A start that fails ends with one line, which names their reason. */
    private static final List<String> STARTING = List.of(
            "org.apache.camel.impl.engine.AbstractCamelContext",
            "org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer");

    /** The supervisor logs the result of the process in one line. */
    private static final String EXEC = "org.apache.camel.component.exec";

    private final String level;
    private final Map<String, String> byPart;

    private LogLevels(String level, Map<String, String> byPart) {
        this.level = level;
        this.byPart = byPart;
    }

    private static Map<String, List<String>> parts() {
        Map<String, List<String>> parts = new TreeMap<>();
        for (String part : List.of(
                "api",
                "backfill",
                "feed",
                "health",
                "login",
                "market",
                "paper",
                "process",
                "queue",
                "route",
                "sink",
                "state",
                "strategy",
                "stream",
                "tracing")) {
            parts.put(part, List.of("dev.livefeed.app." + part));
        }
        parts.put("exchange", List.of("dev.livefeed.exchange"));
        parts.put(CONNECTOR, List.of(STDERR));
        parts.put("camel", List.of("org.apache.camel"));
        parts.put("http", List.of("io.vertx", "io.netty"));
        return parts;
    }

    /** The names of parts, each with the loggers whose level it sets. */
    static Map<String, List<String>> knownParts() {
        return PARTS;
    }

    /** @return null if there is no such level */
    static String levelNamed(String name) {
        String level = name.strip().toUpperCase(Locale.ROOT);
        return LEVELS.contains(level) ? level : null;
    }

    /** The rule for a level. */
    public static String rule() {
        return "it must be one of " + String.join(", ", LEVELS);
    }

    /** @throws IllegalArgumentException with the rule */
    public static void checkLevel(String name) {
        if (levelNamed(name) == null) {
            throw new IllegalArgumentException(rule());
        }
    }

    /**
     * Reads the settings.
     *
     * @param level of the program, in any case
     * @param parts {@code part=LEVEL} separated by commas, for parts or full names of loggers; may be empty
     * @throws IllegalArgumentException with the rule
     */
    public static LogLevels of(String level, String parts) {
        checkLevel(level);
        Map<String, String> byPart = new LinkedHashMap<>();
        for (String entry : parts.split(",")) {
            if (entry.isBlank()) {
                continue;
            }
            String[] pair = entry.split("=", 2);
            String part = pair[0].strip();
            if (pair.length < 2 || levelNamed(pair[1]) == null) {
                throw new IllegalArgumentException(
                        "\"" + entry.strip() + "\" must be PART=LEVEL, with a level of " + String.join(", ", LEVELS));
            }
            if (!PARTS.containsKey(part) && part.indexOf('.') < 1) {
                throw new IllegalArgumentException("\"" + part + "\" is no part; there are "
                        + String.join(", ", PARTS.keySet()) + ", and names of loggers such as org.apache.camel.main");
            }
            byPart.put(part, levelNamed(pair[1]));
        }
        return new LogLevels(levelNamed(level), byPart);
    }

    /**
     * These levels with another one of a part.
     *
     * @param part a part, or the full name of a logger
     * @throws IllegalArgumentException with the rule
     */
    public LogLevels with(String part, String newLevel) {
        LogLevels one = of(level, part + '=' + newLevel);
        Map<String, String> all = new LinkedHashMap<>(byPart);
        all.putAll(one.byPart);
        return new LogLevels(level, all);
    }

    /** These levels with another one of the program. @throws IllegalArgumentException with the rule */
    public LogLevels withLevel(String newLevel) {
        checkLevel(newLevel);
        return new LogLevels(levelNamed(newLevel), byPart);
    }

    /** The level of the program. */
    public String level() {
        return level;
    }

    /** The levels of parts that differ from it, in the order given. */
    public Map<String, String> byPart() {
        return Collections.unmodifiableMap(byPart);
    }

    /** The level of the program, a part or a logger with one of its own. Libraries log warnings if they have none. */
    public String of(String part) {
        String own = byPart.get(part);
        boolean library = LIBRARIES.contains(part) && !Level.toLevel(level).isGreaterOrEqual(Level.WARN);
        return own != null ? own : library ? "WARN" : level;
    }

    /** Names of the parts, sorted. */
    public static List<String> partNames() {
        return List.copyOf(PARTS.keySet());
    }

    /** Applies to lines logged from now on, in place of levels that were applied before. */
    public void useInPlaceOf(LogLevels earlier) {
        earlier.byPart.keySet().stream()
                .filter(part -> !byPart.containsKey(part) && !part.equals(CONNECTOR))
                .flatMap(part -> PARTS.getOrDefault(part, List.of(part)).stream())
                .forEach(logger -> ((Logger) LoggerFactory.getLogger(logger)).setLevel(null));
        use();
    }

    /** The level of the connectors. */
    public String connector() {
        return byPart.getOrDefault(CONNECTOR, level);
    }

    /** Applies to lines logged from now on. */
    public void use() {
        set(org.slf4j.Logger.ROOT_LOGGER_NAME, level);
        boolean quiet = Level.toLevel(level).isGreaterOrEqual(Level.WARN);
        for (String library : LIBRARIES) {
            PARTS.get(library).forEach(logger -> set(logger, quiet ? level : "WARN"));
        }
        set(STDERR, connector().equals("OFF") ? "OFF" : "INFO");
        boolean camelOpen = Optional.ofNullable(byPart.get("camel"))
                .map(Level::toLevel)
                .filter(camel -> !camel.isGreaterOrEqual(Level.INFO))
                .isPresent();
        STARTING.forEach(logger -> set(logger, camelOpen ? byPart.get("camel") : "OFF"));
        set(EXEC, "OFF");
        byPart.forEach((part, value) -> {
            if (!part.equals(CONNECTOR)) {
                PARTS.getOrDefault(part, List.of(part)).forEach(logger -> set(logger, value));
            }
        });
    }

    private static void set(String name, String level) {
        ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.toLevel(level));
    }
}
