package dev.livefeed.sinks;

import java.nio.file.Path;

/** The sink questdb. */
class QuestDbSinkTest extends SinkScenarios {

    @Override
    SinkServer server(Path folder) throws Exception {
        return new QuestDbServer(folder);
    }
}
