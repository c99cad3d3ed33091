package dev.livefeed.bench.drills;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The results of a run: a table, and with the samples a JSON file and a page. */
final class Report {

    private final List<Row> rows = new ArrayList<>();
    private final Map<String, Object> run;

    /** @param run how it was run: seed, scale, machine */
    Report(Map<String, Object> run) {
        this.run = run;
    }

    void add(List<Row> more) {
        rows.addAll(more);
    }

    boolean failed() {
        return rows.stream().anyMatch(Row::failed);
    }

    /** The table in Markdown. */
    String table() {
        StringBuilder text = new StringBuilder("| | drill | what | tried | survived | lost | figures |\n")
                .append("|---|---|---|--:|--:|---|---|\n");
        for (Row row : rows) {
            text.append(line(row));
        }
        return text.toString();
    }

    static String line(Row row) {
        String state = row.skipped() ? "skipped" : row.failed() ? "FAILED" : "ok";
        return String.format(
                "| %s | %s | %s | %,d | %,d | %s | %s |%n",
                state, row.drill(), row.what(), row.tried(), row.survived(), cell(row.lost()), cell(row.figures()));
    }

    private static String cell(String text) {
        return text.replaceAll("\\s+", " ").replace("|", "\\|");
    }

    /** Writes {@code drills.json} and {@code drills.html}. */
    void write(Path folder, List<Sample> samples) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>(run);
        all.put("rows", rows);
        all.put("samples", samples);
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(folder.resolve("drills.json").toFile(), all);
        Files.writeString(folder.resolve("drills.html"), Plot.page("Drills " + run, table(), samples));
    }
}
