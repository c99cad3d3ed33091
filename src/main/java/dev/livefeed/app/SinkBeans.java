package dev.livefeed.app;

import dev.livefeed.app.settings.Settings;
import dev.livefeed.app.sink.SinkBuffers;
import dev.livefeed.app.sink.file.SinkFiles;
import dev.livefeed.app.sink.http.HttpLines;
import dev.livefeed.app.sink.http.HttpSender;
import dev.livefeed.app.sink.questdb.QuestDbTables;
import dev.livefeed.app.sink.redis.RedisAddress;
import dev.livefeed.app.sink.redis.RedisStreams;
import dev.livefeed.app.sink.sql.JdbcAddress;
import dev.livefeed.app.sink.sql.SqlTables;
import java.util.Map;

/** What the routes of the shipped sinks append batches to. Nothing is opened before the first batch. */
final class SinkBeans {

    private SinkBeans() {}

    /** The files of the sink {@code file}. */
    static SinkFiles files(Settings settings) {
        return new SinkFiles(
                settings.workingDirectory().resolve(settings.text("sink.file.dir")),
                settings.workingDirectory().resolve(settings.text("sink.dir")));
    }

    static Map<String, Object> of(Settings settings, SinkBuffers buffers, SinkFiles files) {
        String venue = settings.instruments().severalVenues()
                ? null
                : settings.instruments().venue();
        return Map.of(
                "sinkFiles",
                files,
                "sinkSql",
                new SqlTables(
                        venue,
                        new JdbcAddress(
                                settings.text("sink.sql.url"),
                                settings.text("sink.sql.user"),
                                password(settings, "SINK_SQL_PASSWORD")),
                        buffers),
                "sinkRedis",
                new RedisStreams(
                        settings.text("sink.redis.prefix"),
                        venue,
                        new RedisAddress(
                                settings.text("sink.redis.url"),
                                settings.text("sink.redis.user"),
                                password(settings, "SINK_REDIS_PASSWORD")),
                        Math.toIntExact(settings.whole("sink.redis.maxlen"))),
                "sinkQuestDb",
                new QuestDbTables(
                        venue,
                        settings.text("sink.questdb.url"),
                        HttpSender.authorization(
                                settings.text("sink.questdb.user"),
                                password(settings, "SINK_QUESTDB_PASSWORD"),
                                password(settings, "SINK_QUESTDB_TOKEN")),
                        buffers),
                "sinkHttp",
                new HttpLines(
                        settings.text("sink.http.url"),
                        new HttpSender(
                                settings.duration("sink.http.connect.timeout"),
                                settings.duration("sink.http.timeout"),
                                HttpSender.authorization(
                                        settings.text("sink.http.user"),
                                        password(settings, "SINK_HTTP_PASSWORD"),
                                        password(settings, "SINK_HTTP_TOKEN"))),
                        buffers));
    }

    private static String password(Settings settings, String variable) {
        return settings.environment().getOrDefault(variable, "");
    }
}
