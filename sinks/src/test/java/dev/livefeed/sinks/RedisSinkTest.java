package dev.livefeed.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;

/** The sink redis. */
class RedisSinkTest extends SinkScenarios {

    private static final String STREAM = "livefeed:trade:custom:linear:BTCUSDT";

    @Override
    SinkServer server(Path folder) {
        return new RedisServer(folder, null);
    }

    @Override
    SecureServer secure(Path folder, TlsFiles tls) {
        return new RedisServer(folder, tls);
    }

    @Test
    void withoutMemoryAndWithAnotherWriterItIsRetriedAndNothingIsLost() throws Exception {
        server.process().start();
        application.start(500);
        awaitMore("delivered", 500);
        try (Jedis redis = ((RedisServer) server).connect()) {
            redis.configSet("maxmemory", "1mb");
            application.awaitFailure("OOM command not allowed");
            awaitMore("waiting", 500);
            redis.configSet("maxmemory", "0");
            awaitMore("delivered", 500);

            StreamEntryID other = new StreamEntryID(9_999_999_999_999L, 1);
            redis.xadd(STREAM, other, Map.of("event", "of another program"));
            application.awaitFailure("because it has a later entry");
            StreamEntryID last = redis.xrevrange(STREAM, other, new StreamEntryID(0, 1), 2)
                    .get(1)
                    .getID();
            redis.xdel(STREAM, other);
            redis.sendCommand(() -> "XSETID".getBytes(StandardCharsets.US_ASCII), STREAM, last.toString());
        }
        assertThat(check().announced()).isZero();
        assertThat(application.logLines(RedisServer.PASSWORD)).isEmpty();
    }

    @Test
    void aReplicaAndAKeyOfAnotherTypeAreRetried() throws Exception {
        server.process().start();
        application.start(500);
        awaitMore("delivered", 500);
        try (Jedis redis = ((RedisServer) server).connect()) {
            redis.replicaof("127.0.0.1", 1);
            application.awaitFailure("READONLY");
            redis.replicaofNoOne();
            awaitMore("delivered", 1_000);

            redis.sendCommand(() -> "MULTI".getBytes(StandardCharsets.US_ASCII));
            redis.sendCommand(() -> "RENAME".getBytes(StandardCharsets.US_ASCII), STREAM, "away");
            redis.sendCommand(() -> "SET".getBytes(StandardCharsets.US_ASCII), STREAM, "a text");
            redis.sendCommand(() -> "EXEC".getBytes(StandardCharsets.US_ASCII));
            application.awaitFailure("WRONGTYPE");
            redis.sendCommand(() -> "RENAME".getBytes(StandardCharsets.US_ASCII), "away", STREAM);
            awaitMore("delivered", 1_000);
        }
        assertThat(check().announced()).isZero();
    }
}
