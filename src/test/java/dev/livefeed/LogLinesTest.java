package dev.livefeed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each line of the log begins with the name of an event, so that it can be searched for and counted. */
class LogLinesTest {

    private static final Pattern CALL = Pattern.compile("LOG\\.(?:info|warn|error)\\(\\s*(\"[^\"]*|\\w+[,)])");
    private static final Pattern NAMED = Pattern.compile("\"[a-z]+(_[a-z{}]+)*([ :;].*)?");

    /** Other programs look for this one. */
    private static final String PUBLISHED = "\"Backfill: skipped (using {} for live data)";

    @Test
    void eachBeginsWithANameOfAnEvent() throws IOException {
        List<String> unnamed = new ArrayList<>();
        int calls = 0;
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                Matcher call = CALL.matcher(Files.readString(source));
                while (call.find()) {
                    calls++;
                    String format = call.group(1);
                    if (!format.startsWith(PUBLISHED) && !NAMED.matcher(format).matches()) {
                        unnamed.add(source.getFileName() + ": " + format);
                    }
                }
            }
        }
        assertThat(unnamed).isEmpty();
        assertThat(calls).isGreaterThan(100);
    }
}
