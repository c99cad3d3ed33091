package dev.livefeed.app.settings;

import dev.livefeed.app.sink.redis.RedisAddress;
import dev.livefeed.app.sink.redis.RedisStreams;
import dev.livefeed.app.sink.sql.JdbcAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;

/** Rules for the sinks sql, redis and questdb. A login is never shown. */
final class DatabaseSinkRules {

    /** Variables that may be set in the environment only. */
    static final Set<String> SECRETS = Set.of("SINK_SQL_PASSWORD", "SINK_REDIS_PASSWORD", "SINK_QUESTDB_PASSWORD");

    private DatabaseSinkRules() {}

    /** @param names of the sinks that are on */
    static void check(SettingsSource source, SettingChecks checks, List<String> names) {
        if (names.contains("sql")) {
            sql(source, checks);
        }
        if (names.contains("redis")) {
            redis(source, checks);
        }
        if (!source.text("sink.redis.maxlen").equals("0")) {
            checks.whole("sink.redis.maxlen", RedisStreams.MIN_LENGTH, 100_000_000);
        }
        if (names.contains("questdb")) {
            if (source.text("sink.questdb.url").contains("@")) {
                checks.line(withoutLogin(source, "sink.questdb.url", "SINK_QUESTDB"));
            } else {
                checks.parsed("sink.questdb.url", DatabaseSinkRules::checkQuestDb);
            }
        }
    }

    private static void sql(SettingsSource source, SettingChecks checks) {
        String url = source.text("sink.sql.url");
        if (JdbcAddress.hasLogin(url)) {
            checks.line(withoutLogin(source, "sink.sql.url", "SINK_SQL"));
            return;
        }
        int faults = checks.faults().size();
        checks.parsed("sink.sql.url", JdbcAddress::check);
        if (checks.faults().size() == faults && !JdbcAddress.hasDriver(url)) {
            checks.fault(
                    "sink.sql.url",
                    "no JDBC driver for it is installed; java -jar bybit-live-connector.jar add sql installs it for the"
                            + " next start");
        }
    }

    private static void redis(SettingsSource source, SettingChecks checks) {
        try {
            RedisAddress.check(source.text("sink.redis.url"));
        } catch (IllegalArgumentException e) {
            if (source.text("sink.redis.url").contains("@")) {
                checks.line(source.place("sink.redis.url") + " is not shown as it contains a login; " + e.getMessage());
            } else {
                checks.fault("sink.redis.url", e.getMessage());
            }
        }
        if (!source.text("sink.redis.prefix").matches("[\\w.:{}-]{1,64}")) {
            checks.fault("sink.redis.prefix", "it must be 1 to 64 letters, digits or . _ - : { }");
        }
    }

    private static String withoutLogin(SettingsSource source, String key, String variables) {
        return source.place(key) + " contains a login; remove it and set " + variables + "_USER and " + variables
                + "_PASSWORD";
    }

    private static void checkQuestDb(String text) {
        try {
            URI url = new URI(text);
            if (url.getHost() != null && List.of("http", "https").contains(url.getScheme())) {
                return;
            }
        } catch (URISyntaxException e) {
            // Reported below with the rule.
        }
        throw new IllegalArgumentException("SINKS names questdb, so it must be a URL such as http://127.0.0.1:9000");
    }
}
