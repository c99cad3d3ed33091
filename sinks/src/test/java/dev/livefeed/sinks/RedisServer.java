package dev.livefeed.sinks;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.resps.StreamEntry;

/** Redis of the system, which asks for a password and keeps what it has confirmed when it is killed. */
final class RedisServer implements SinkServer {

    static final String PASSWORD = "not:to@be/logged";

    private static final int PORTION = 10_000;

    private final int port = ServerProcess.freePort();
    private final ServerProcess process;

    RedisServer(Path folder) {
        process = new ServerProcess(
                folder,
                List.of(
                        ServerProcess.program("redis-server", "apt-get install redis-server")
                                .toString(),
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--requirepass",
                        PASSWORD,
                        "--save",
                        "",
                        "--appendonly",
                        "yes"),
                Map.of(),
                () -> {
                    try (Jedis redis = connect()) {
                        return redis.ping().equals("PONG");
                    }
                });
    }

    Jedis connect() {
        return new Jedis(
                new HostAndPort("127.0.0.1", port),
                DefaultJedisClientConfig.builder().password(PASSWORD).build());
    }

    @Override
    public String sink() {
        return "redis";
    }

    @Override
    public List<String> components() {
        return List.of();
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "SINK_REDIS_URL",
                "redis://127.0.0.1:" + port,
                "SINK_REDIS_PASSWORD",
                PASSWORD,
                "SINK_REDIS_MAXLEN",
                "0");
    }

    @Override
    public ServerProcess process() {
        return process;
    }

    @Override
    public void read(DeliveryCheck check) throws Exception {
        try (Jedis redis = connect()) {
            for (String stream : new TreeSet<>(redis.keys("livefeed:*"))) {
                read(redis, stream, check);
            }
        }
    }

    private static void read(Jedis redis, String stream, DeliveryCheck check) throws Exception {
        String from = "-";
        while (true) {
            List<StreamEntry> entries = redis.xrange(stream, from, "+", PORTION);
            if (entries.isEmpty()) {
                return;
            }
            for (StreamEntry entry : entries) {
                check.line(entry.getFields().get("event"));
            }
            from = "(" + entries.get(entries.size() - 1).getID();
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
