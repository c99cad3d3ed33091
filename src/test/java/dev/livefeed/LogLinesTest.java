package dev.livefeed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each line of the log begins with the name of an event, so that it can be searched for and counted, and names an
 * instrument in one form.
 */
class LogLinesTest {

    private static final Pattern CALL = Pattern.compile("LOG\\.(?:info|warn|error)\\(\\s*(\"[^\"]*|\\w+[,)])");
    private static final Pattern NAMED = Pattern.compile("\"[a-z]+(_[a-z{}]+)*([ :;].*)?");

    private static final String[] LEVELS = {"DEBUG", "INFO", "WARN", "ERROR"};
    /** A call of the logger with the name in its format. */
    private static final Pattern LOGGED =
            Pattern.compile("(?:LOG|log\\(\\)|own)\\s*\\.(info|warn|error)\\(\\s*\"([a-z]+(?:_[a-z0-9{}]+)*)");
    /** A line whose level is an argument. */
    private static final Pattern LOGGED_AT =
            Pattern.compile("Level\\.(DEBUG|INFO|WARN|ERROR), \"([a-z]+(?:_[a-z0-9]+)*)");

    private static final Pattern SAVING = Pattern.compile("new Saving\\(LOG, \"([a-z_]+)\", \"([a-z_]+)\"");
    private static final Pattern ROUTE_MESSAGE = Pattern.compile("message: (?:>-\\s+)?\"?([a-z]+(?:_[a-z]+)+) ");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]+) \\| ([A-Z, ]+) \\|.*$");
    private static final Pattern NAME = Pattern.compile("`([a-z]+(?:_[a-z0-9]+)*)`");

    /** Other programs look for this one. */
    private static final String PUBLISHED = "\"Backfill: skipped (using {} for live data)";

    private static final Pattern STATEMENT = Pattern.compile("LOG\\.\\w+\\(([^;]*symbol=[^;]*)\\);");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    @Test
    void eachSymbolIsACategoryAndASymbol() throws IOException {
        List<String> others = new ArrayList<>();
        int lines = 0;
        for (Path source : files("src/main/java", ".java")) {
            Matcher statement = STATEMENT.matcher(Files.readString(source));
            while (statement.find()) {
                lines++;
                if (!hasCategory(statement.group(1))) {
                    others.add(source.getFileName() + ": " + statement.group(1));
                }
            }
        }
        for (Path route : files("routes", ".yaml")) {
            for (String line : Files.readAllLines(route)) {
                if (line.contains(" symbol=")) {
                    lines++;
                    if (!line.matches(".* symbol=\\$\\{[^}]*\\.market}.*")) {
                        others.add(route.getFileName() + ": " + line.strip());
                    }
                }
            }
        }
        assertThat(others)
                .as("symbol=CATEGORY:SYMBOL, from InstrumentId.market")
                .isEmpty();
        assertThat(lines).isGreaterThan(20);
    }

    @Test
    void otherFormsAreFound() {
        assertThat(hasCategory("\"a symbol={} b={}\", instrument.market(), b")).isTrue();
        assertThat(hasCategory("\"a b={} symbol={}:{}\", b, category, symbol")).isTrue();
        assertThat(hasCategory("\"a symbol={} b={}\", instrument, b.market()")).isFalse();
        assertThat(hasCategory("\"a b={}\" + \" symbol={}\", name(b, c), symbol"))
                .isFalse();
    }

    /** Whether the value of {@code symbol={}} is made by {@code market}, or its category is in the format. */
    private static boolean hasCategory(String call) {
        StringBuilder format = new StringBuilder();
        Matcher literal = LITERAL.matcher(call);
        int end = 0;
        while (literal.find() && call.substring(end, literal.start()).matches("[\\s+]*")) {
            format.append(literal.group(1));
            end = literal.end();
        }
        String before = format.substring(0, format.indexOf("symbol=") + "symbol=".length());
        if (format.substring(before.length()).startsWith("{}:{}")) {
            return true;
        }
        int index = before.split("\\{}", -1).length - 1;
        List<String> arguments = arguments(call.substring(end));
        return index < arguments.size() && arguments.get(index).matches("(?s).*\\bmarket\\(.*\\)");
    }

    /** The arguments behind the format. */
    private static List<String> arguments(String text) {
        List<String> arguments = new ArrayList<>();
        int depth = 0;
        int from = text.indexOf(',') + 1;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                arguments.add(text.substring(from, i).strip());
                from = i + 1;
            }
        }
        arguments.add(text.substring(from).strip());
        return arguments;
    }

    private static List<Path> files(String folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }

    @Test
    void eachEventIsDocumentedWithItsLevel() throws IOException {
        Map<String, Set<String>> documented = new TreeMap<>();
        String page = Files.readString(Path.of("doc/LOG.md"));
        Matcher row = ROW.matcher(page.substring(page.indexOf("\n## Events")));
        while (row.find()) {
            Matcher name = NAME.matcher(row.group(1));
            while (name.find()) {
                Set<String> levels = documented.computeIfAbsent(name.group(1), key -> new TreeSet<>());
                Stream.of(LEVELS).filter(row.group(0)::contains).forEach(levels::add);
            }
        }
        List<String> missing = new ArrayList<>();
        Set<String> logged = new TreeSet<>();
        for (Path source : files("src/main/java", ".java")) {
            String text = Files.readString(source);
            for (Pattern pattern : List.of(LOGGED, LOGGED_AT)) {
                Matcher call = pattern.matcher(text);
                while (call.find()) {
                    List<String> names = call.group(2).equals("limit_{}")
                            ? List.of("limit_near", "limit_reached")
                            : List.of(call.group(2));
                    for (String name : names) {
                        logged.add(name);
                        String level = call.group(1).toUpperCase(Locale.ROOT);
                        if (!documented.getOrDefault(name, Set.of()).contains(level)) {
                            missing.add(name + ' ' + level + " of " + source.getFileName());
                        }
                    }
                }
            }
            Matcher saving = SAVING.matcher(text);
            while (saving.find()) {
                logged.addAll(List.of(saving.group(1), saving.group(2)));
            }
        }
        for (Path route : files("routes", ".yaml")) {
            Matcher message = ROUTE_MESSAGE.matcher(Files.readString(route));
            while (message.find()) {
                logged.add(message.group(1));
            }
        }
        // Made of other texts where they are logged.
        logged.addAll(List.of("connector_stderr_left_out", "log_left_out"));
        assertThat(missing).as("to be added to doc/LOG.md").isEmpty();
        assertThat(documented.keySet()).as("no longer logged").containsExactlyElementsOf(logged);
    }

    @Test
    void eachBeginsWithANameOfAnEvent() throws IOException {
        List<String> unnamed = new ArrayList<>();
        int calls = 0;
        for (Path source : files("src/main/java", ".java")) {
            Matcher call = CALL.matcher(Files.readString(source));
            while (call.find()) {
                calls++;
                String format = call.group(1);
                if (!format.startsWith(PUBLISHED) && !NAMED.matcher(format).matches()) {
                    unnamed.add(source.getFileName() + ": " + format);
                }
            }
        }
        assertThat(unnamed).isEmpty();
        assertThat(calls).isGreaterThan(100);
    }
}
