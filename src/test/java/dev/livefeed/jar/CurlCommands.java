package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The commands {@code curl …} of a page of the documentation, run in a shell. */
final class CurlCommands {

    private static final Pattern CURL = Pattern.compile("(?m)^curl .*(?:(?<=\\\\)\\n.*)*");

    private CurlCommands() {}

    /** Runs each of them until it succeeds; returns their number. */
    static int run(Path page, Jar jar) throws Exception {
        List<String> commands = CURL.matcher(Files.readString(page))
                .results()
                .map(MatchResult::group)
                .toList();
        String venue = jar.json("/sources").at("/sources/0/venue").asText();
        for (String documented : commands) {
            String command = documented
                    .replace("localhost:8080", "localhost:" + jar.port())
                    .replace("/sources/bybit/", "/sources/" + venue + '/')
                    .replaceFirst("^curl ", "curl --fail --show-error --max-time 20 ");
            Jar.soon()
                    .untilAsserted(
                            () -> assertThat(shell(jar, command)).as(command).isZero());
        }
        return commands.size();
    }

    private static int shell(Jar jar, String command) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", command)
                .directory(jar.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(jar.folder().resolve("curl").toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
