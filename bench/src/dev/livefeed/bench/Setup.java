package dev.livefeed.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * What every measured program is started with.
 *
 * @param java the java command
 * @param options of the application's JVM; none as shipped
 * @param connectorOptions of the connector's JVM, as shipped
 * @param jar the packed application
 * @param classes of this benchmark
 * @param routes the probed copy of the routes
 * @param folder working directory, for files of one run
 */
record Setup(
        String java,
        List<String> options,
        List<String> connectorOptions,
        Path jar,
        Path classes,
        Path routes,
        Path folder) {}
