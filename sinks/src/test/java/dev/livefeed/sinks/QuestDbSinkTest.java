package dev.livefeed.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The sink questdb. */
class QuestDbSinkTest extends SinkScenarios {

    @Override
    SinkServer server(Path folder) throws Exception {
        return new QuestDbServer(folder, false);
    }

    @Override
    SecureServer secure(Path folder, TlsFiles tls) throws Exception {
        return new QuestDbServer(folder, true);
    }

    @Test
    void nothingIsLostUntilTheTokenIsRight() throws Exception {
        QuestDbServer database = new QuestDbServer(Folders.empty("QuestDbSinkTest", "token"), false);
        nothingIsLostUntilAccessIsRight(
                new QuestDbTokenProxy(database), new TlsFiles(Folders.empty("QuestDbSinkTest", "no-tls")));
    }

    /** It answers some batches with 400 and some with 500; no more than 100 lines are set aside. */
    @Test
    void aTableOfAnotherKindBlocksUntilItIsDropped() throws Exception {
        server.process().start();
        QuestDbServer database = (QuestDbServer) server;
        database.execute("create table trades (exchange_time timestamp, price timestamp) timestamp(exchange_time)"
                + " partition by day wal");
        application.with("SINK_TYPES", "trade").start(500);
        application.awaitFailure("QuestDB answers 500: ");
        awaitMore("waiting", 500);
        database.execute("drop table trades");
        awaitMore("delivered", 1_000);
        assertThat(application.sink().path("refused").asLong()).isLessThanOrEqualTo(100);
    }
}
