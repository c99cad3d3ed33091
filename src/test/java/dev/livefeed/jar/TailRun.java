package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A run of the command {@code tail}.
 *
 * @param out its standard output
 * @param err its errors
 */
record TailRun(int exitStatus, String out, String err) {

    /**
     * Lets it print one message of a running program.
     *
     * @param url of the program
     * @param environment variables besides those of this process
     */
    static TailRun ofOneMessage(Jar jar, String url, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(Jar.JAVA, "-jar", Jar.FILE.toString(), "tail", "--count", "1", "--url", url);
        builder.directory(jar.folder().toFile()).environment().putAll(environment);
        Process tail = builder.start();
        String out = new String(tail.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(tail.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tail.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new TailRun(tail.exitValue(), out, err);
    }
}
