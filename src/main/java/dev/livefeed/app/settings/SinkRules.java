package dev.livefeed.app.settings;

import dev.livefeed.app.sink.SinkBuffers;
import dev.livefeed.app.sink.SinkLibrary;
import dev.livefeed.app.sink.SinkTypes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Rules for sinks, their buffers, and retrying events that a sink does not accept. */
final class SinkRules {

    private static final List<String> HTTP = List.of("http", "https");

    private static final Pattern LOGIN = Pattern.compile("^[^/?#]*//[^/?#]*@");

    private static final String BROKER = "([^\\s,:\\[\\]]+|\\[[0-9a-fA-F:.]+]):\\d{1,5}";
    private static final Pattern BROKERS = Pattern.compile(BROKER + "(\\s*,\\s*" + BROKER + ")*");
    private static final Pattern TOPIC_PREFIX = Pattern.compile("[a-zA-Z0-9._-]{0,200}");
    private static final Pattern SUBJECT_PREFIX = Pattern.compile("[a-zA-Z0-9_-]+(\\.[a-zA-Z0-9_-]+){0,9}");
    private static final Pattern PATH_PREFIX = Pattern.compile("[a-zA-Z0-9._-]+(/[a-zA-Z0-9._-]+){0,9}");

    /** The sinks of this program; those of others have their batches in their own route files. */
    private static final List<String> PACKED =
            List.of("file", "http", "sql", "redis", "questdb", "kafka", "nats", "mqtt");

    private static final int MAX_BATCH = 10_000;
    private static final Duration MAX_WAIT = Duration.ofSeconds(60);

    private SinkRules() {}

    /** Names of the sinks that are on, in the given order. */
    static List<String> names(SettingsSource source) {
        return Arrays.stream(source.text("sinks").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    static void check(SettingsSource source, SettingChecks checks) {
        List<String> names = names(source);
        if (names.size() > SinkBuffers.MAX_BUFFERS
                || !names.stream()
                        .allMatch(name -> SinkBuffers.NAME.matcher(name).matches())) {
            checks.fault(
                    "sinks",
                    "it must be a comma-separated list of at most " + SinkBuffers.MAX_BUFFERS
                            + " names, each of a file in routes/sinks/ without its ending");
        }
        checks.parsed("sink.types", SinkTypes::parse);
        checks.whole("sink.buffer.mb", 1, 1_000_000);
        checks.whole("sink.disk.reserve.mb", 0, 1_000_000);
        if (source.text("sink.dir").isEmpty()) {
            checks.fault("sink.dir", "it must be a folder, or not exist yet");
        }
        if (names.contains("file") && source.text("sink.file.dir").isEmpty()) {
            checks.fault("sink.file.dir", "it must be a folder, or not exist yet");
        }
        if (names.contains("http")) {
            http(source, checks);
        }
        checks.interval("sink.http.connect.timeout", "sink.http.timeout");
        PACKED.forEach(name -> batches(source, checks, name));
        clients(source, checks, names);
        DatabaseSinkRules.check(source, checks, names);
        SinkLogins.checkSecrets(source, checks, names);
        checks.duration("sink.backoff.initial", "sink.backoff.max");
        checks.decimal("sink.backoff.multiplier", 1, 10);
    }

    /** The sink file and a buffer would refuse each other the folder. */
    static void checkFolders(SettingsSource source, SettingChecks checks, Path workingDirectory) {
        Path files = workingDirectory.resolve(source.text("sink.file.dir")).normalize();
        Path buffers = workingDirectory.resolve(source.text("sink.dir"));
        if (names(source).contains("file")
                && names(source).stream()
                        .anyMatch(name -> files.equals(buffers.resolve(name).normalize()))) {
            checks.fault("sink.file.dir", "it must not be the folder of a buffer (SINK_DIR and the name of a sink)");
        }
    }

    private static void batches(SettingsSource source, SettingChecks checks, String name) {
        checks.whole("sink." + name + ".batch.max", 1, MAX_BATCH);
        String key = "sink." + name + ".batch.wait";
        checks.duration(key);
        Duration wait = Durations.parse(source.text(key));
        if (wait != null && wait.compareTo(MAX_WAIT) > 0) {
            checks.fault(key, "it must be at most " + MAX_WAIT.toSeconds() + "s");
        }
    }

    private static void http(SettingsSource source, SettingChecks checks) {
        if (LOGIN.matcher(source.text("sink.http.url")).find()) {
            checks.line(SinkLogins.withoutLogin(source, "sink.http.url", "SINK_HTTP"));
        } else {
            checks.parsed(
                    "sink.http.url", text -> SinkLogins.checkUrl("http", text, HTTP, "http://127.0.0.1:9000/events"));
        }
        SinkLogins.check(source, checks, "http");
    }

    private static boolean areBrokers(String list) {
        return BROKERS.matcher(list).matches()
                && Arrays.stream(list.split(","))
                        .map(broker -> broker.substring(broker.lastIndexOf(':') + 1))
                        .allMatch(port -> Integer.parseInt(port.strip()) <= SinkLogins.MAX_PORT);
    }

    /** Sinks whose client is a library in {@code lib/}. */
    private static void clients(SettingsSource source, SettingChecks checks, List<String> names) {
        for (SinkLibrary library : SinkLibrary.of(names)) {
            if (!library.isInstalled()) {
                checks.fault(
                        "sinks",
                        "the client of " + library.sink() + " is not installed; "
                                + "java -jar bybit-live-connector.jar add " + library.sink()
                                + " installs it for the next start");
            }
        }
        if (names.contains("kafka")) {
            if (!areBrokers(source.text("sink.kafka.brokers"))) {
                checks.fault(
                        "sink.kafka.brokers",
                        "SINKS names kafka, so it must be a comma-separated list such as 127.0.0.1:9092");
            }
            if (!TOPIC_PREFIX.matcher(source.text("sink.kafka.topic.prefix")).matches()) {
                checks.fault("sink.kafka.topic.prefix", "it must be up to 200 of a-z, A-Z, 0-9, . _ and -");
            }
            checks.oneOf("sink.kafka.compression", "none", "gzip", "snappy", "lz4", "zstd");
            checks.oneOf("sink.kafka.sasl", "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512");
            checks.oneOf("sink.kafka.tls", "true", "false");
            SinkLogins.check(source, checks, "kafka");
        }
        if (names.contains("nats")) {
            SinkLogins.checkUrl(source, checks, "nats", text -> {
                for (String url : text.split(",", -1)) {
                    SinkLogins.checkUrl("nats", url.strip(), List.of("nats", "tls"), "nats://127.0.0.1:4222");
                }
            });
            SinkLogins.check(source, checks, "nats");
            if (!SUBJECT_PREFIX.matcher(source.text("sink.nats.subject.prefix")).matches()) {
                checks.fault(
                        "sink.nats.subject.prefix", "it must be words of a-z, A-Z, 0-9, _ and -, separated by dots");
            }
        }
        if (names.contains("mqtt")) {
            SinkLogins.checkUrl(
                    source,
                    checks,
                    "mqtt",
                    text -> SinkLogins.checkUrl("mqtt", text, List.of("mqtt", "mqtts"), "mqtt://127.0.0.1:1883"));
            SinkLogins.check(source, checks, "mqtt");
            if (!PATH_PREFIX.matcher(source.text("sink.mqtt.topic.prefix")).matches()) {
                checks.fault(
                        "sink.mqtt.topic.prefix", "it must be words of a-z, A-Z, 0-9, . _ and -, separated by slashes");
            }
        }
    }
}
