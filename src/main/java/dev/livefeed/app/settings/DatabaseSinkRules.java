package dev.livefeed.app.settings;

import dev.livefeed.app.sink.redis.RedisAddress;
import dev.livefeed.app.sink.redis.RedisStreams;
import dev.livefeed.app.sink.sql.JdbcAddress;
import java.util.List;

/** Rules for the sinks sql, redis and questdb. A login is never shown. */
final class DatabaseSinkRules {

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
                checks.line(SinkLogins.withoutLogin(source, "sink.questdb.url", "SINK_QUESTDB"));
            } else {
                checks.parsed(
                        "sink.questdb.url",
                        text -> SinkLogins.checkUrl(
                                "questdb", text, List.of("http", "https"), "http://127.0.0.1:9000"));
            }
            SinkLogins.check(source, checks, "questdb");
        }
    }

    private static void sql(SettingsSource source, SettingChecks checks) {
        String url = source.text("sink.sql.url");
        if (JdbcAddress.hasLogin(url)) {
            checks.line(SinkLogins.withoutLogin(source, "sink.sql.url", "SINK_SQL"));
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
        boolean login = source.text("sink.redis.url").contains("@");
        if (login && !source.inEnvironment("sink.redis.url")) {
            checks.line(SinkLogins.withoutLogin(source, "sink.redis.url", "SINK_REDIS"));
        }
        try {
            RedisAddress.check(source.text("sink.redis.url"));
        } catch (IllegalArgumentException e) {
            if (login) {
                checks.line(source.place("sink.redis.url") + " is not shown as it contains a login; " + e.getMessage());
            } else {
                checks.fault("sink.redis.url", e.getMessage());
            }
        }
        if (!source.text("sink.redis.prefix").matches("[\\w.:{}-]{1,64}")) {
            checks.fault("sink.redis.prefix", "it must be 1 to 64 letters, digits or . _ - : { }");
        }
    }
}
