package dev.livefeed.sinks;

import java.nio.file.Path;

/** The sink redis. */
class RedisSinkTest extends SinkScenarios {

    @Override
    SinkServer server(Path folder) {
        return new RedisServer(folder);
    }
}
