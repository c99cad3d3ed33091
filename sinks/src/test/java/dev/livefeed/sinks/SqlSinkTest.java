package dev.livefeed.sinks;

import java.nio.file.Path;

/** The sink sql with PostgreSQL. */
class SqlSinkTest extends SinkScenarios {

    @Override
    SinkServer server(Path folder) throws Exception {
        return new PostgresServer(folder);
    }
}
