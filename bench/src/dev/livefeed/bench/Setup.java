package dev.livefeed.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * What the measured programs are started with.
 *
 * @param java path of the java command
 * @param options options of the application's JVM; none by default
 * @param connectorOptions options of the connector's JVM, as shipped
 * @param jar packed application
 * @param classes class folder of this benchmark
 * @param routes copy of the routes with the probe
 * @param folder working directory of a run
 */
record Setup(
        String java,
        List<String> options,
        List<String> connectorOptions,
        Path jar,
        Path classes,
        Path routes,
        Path folder) {}
