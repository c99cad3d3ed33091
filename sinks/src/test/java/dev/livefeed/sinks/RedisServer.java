package dev.livefeed.sinks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.resps.StreamEntry;

/** Redis of the system, which asks for a password and keeps what it has confirmed when it is killed. */
final class RedisServer implements SecureServer {

    static final String PASSWORD = "not:to@be/logged";

    private static final String USER = "feed";
    /** With what a URL would write otherwise. */
    private static final String USER_PASSWORD = "a b+c/d:e@f%";

    private static final int PORTION = 10_000;

    private final int port = ServerProcess.freePort();
    private final TlsFiles tls;
    private final ServerProcess process;

    RedisServer(Path folder, TlsFiles tls) {
        this.tls = tls;
        List<String> command = new ArrayList<>(List.of(
                ServerProcess.program("redis-server", "apt-get install redis-server")
                        .toString(),
                "--bind",
                "127.0.0.1",
                "--requirepass",
                PASSWORD,
                "--save",
                "",
                "--appendonly",
                "yes"));
        command.addAll(List.of(tls == null ? "--port" : "--tls-port", Integer.toString(port)));
        if (tls != null) {
            command.addAll(List.of("--port", "0", "--tls-auth-clients", "no"));
            command.addAll(List.of("--tls-cert-file", tls.certificate().toString()));
            command.addAll(List.of("--tls-key-file", tls.key().toString()));
            command.addAll(List.of("--tls-ca-cert-file", tls.authority().toString()));
            command.addAll(List.of("--user", USER, "on", ">" + USER_PASSWORD, "~livefeed:*"));
            command.addAll(List.of("+multi", "+exec", "+xadd", "+xrange"));
        }
        process = new ServerProcess(folder, command, Map.of(), () -> {
            try (Jedis redis = connect()) {
                return redis.ping().equals("PONG");
            }
        });
    }

    Jedis connect() throws Exception {
        DefaultJedisClientConfig.Builder config =
                DefaultJedisClientConfig.builder().password(PASSWORD);
        if (tls != null) {
            config.ssl(true).sslSocketFactory(tls.context().getSocketFactory());
        }
        return new Jedis(new HostAndPort("127.0.0.1", port), config.build());
    }

    @Override
    public String sink() {
        return "redis";
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(Map.of("SINK_REDIS_MAXLEN", "0", secret(), PASSWORD));
        settings.put("SINK_REDIS_URL", (tls == null ? "redis" : "rediss") + "://127.0.0.1:" + port);
        if (tls != null) {
            settings.putAll(Map.of("SINK_REDIS_USER", USER, secret(), USER_PASSWORD));
        }
        return settings;
    }

    @Override
    public String secret() {
        return "SINK_REDIS_PASSWORD";
    }

    @Override
    public String loginFailure() {
        return "WRONGPASS";
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
