package dev.livefeed.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** All figures of a benchmark: medians for the tables, single values for the file. */
final class Results {

    private final Map<String, List<Load>> loads = new LinkedHashMap<>();
    private final Map<String, List<Latency>> latencies = new LinkedHashMap<>();
    private final Map<String, List<ConnectorLoad>> connectorOnly = new LinkedHashMap<>();
    private final List<Measurement.GrowthLine> growth = new ArrayList<>();
    private final List<String> incomplete = new ArrayList<>();

    void add(String name, Load load) {
        loads.computeIfAbsent(name, n -> new ArrayList<>()).add(load);
        check(name, load.delivery());
    }

    void add(String name, Latency latency) {
        latencies.computeIfAbsent(name, n -> new ArrayList<>()).add(latency);
        check(name, latency.delivery());
    }

    void add(String name, ConnectorLoad figures) {
        connectorOnly.computeIfAbsent(name, n -> new ArrayList<>()).add(figures);
        check(name, figures.delivery());
    }

    void add(Measurement.GrowthLine line) {
        growth.add(line);
    }

    /** Notes a run in which something was lost without being reported, or arrived wrong. */
    void check(String name, Delivery delivery) {
        if (!delivery.isComplete()) {
            incomplete.add(name + ": " + delivery);
        }
    }

    /** The runs in which something was lost without being reported, or arrived wrong, one line each. */
    List<String> incomplete() {
        return incomplete;
    }

    /** The result tables in Markdown. */
    String tables() {
        StringBuilder text = new StringBuilder();
        if (!loads.isEmpty()) {
            text.append("| full load | events/s | updates/s | CPU us/event | first event s |")
                    .append(" trades lost / reported | faults |")
                    .append(" application MiB first/last/peak | connector MiB first/last/peak |\n")
                    .append("|---|---|---|---|---|---|---|---|---|\n");
        }
        loads.forEach((name, runs) -> text.append(String.format(
                "| %s | %,.0f | %,.0f | %.2f | %.2f | %s | %s | %s |%n",
                name,
                median(runs, Load::eventsPerSecond),
                median(runs, Load::updatesPerSecond),
                median(runs, Load::cpuMicrosPerEvent),
                median(runs, Load::firstEventMillis) / 1000,
                delivery(runs.stream().map(Load::delivery)),
                memory(runs.stream().map(Load::application).toList()),
                memory(runs.stream().map(Load::connector).toList()))));
        if (!latencies.isEmpty()) {
            text.append("\n| paced | p50 us | p99 us | p99.9 us | max us | CPU us/event | events |\n")
                    .append("|---|---|---|---|---|---|---|\n");
        }
        latencies.forEach((name, runs) -> text.append(String.format(
                "| %s | %,.0f | %,.0f | %,.0f | %,.0f | %.1f | %,.0f |%n",
                name,
                median(runs, Latency::p50),
                median(runs, Latency::p99),
                median(runs, Latency::p999),
                median(runs, Latency::max),
                median(runs, Latency::cpuMicrosPerEvent),
                median(runs, Latency::events))));
        if (!connectorOnly.isEmpty()) {
            text.append("\n| connector only | events/s | cores | trades lost / reported | faults "
                    + "| MiB first/last/peak |\n|---|---|---|---|---|---|\n");
        }
        connectorOnly.forEach((name, runs) -> text.append(String.format(
                "| %s | %,.0f | %.2f | %s | %s |%n",
                name,
                median(runs, ConnectorLoad::eventsPerSecond),
                median(runs, ConnectorLoad::cores),
                delivery(runs.stream().map(ConnectorLoad::delivery)),
                memory(runs.stream().map(ConnectorLoad::memory).toList()))));
        return text.toString();
    }

    /** Two columns: trades lost and reported, and everything that must be 0. */
    private static String delivery(Stream<Delivery> runs) {
        Delivery all = runs.reduce(Delivery.NONE, Delivery::and);
        return String.format(
                "%,d / %,d | %,d",
                all.tradesLost(), all.tradesReported(), all.faults() + Math.abs(all.updatesMissing()));
    }

    private static String memory(List<Load.Memory> runs) {
        return String.format(
                "%.0f / %.0f / %.0f",
                median(runs, Load.Memory::first), median(runs, Load.Memory::last), median(runs, Load.Memory::peak));
    }

    private static <T> double median(List<T> runs, ToDoubleFunction<T> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    void write(Path file, Map<String, Object> machine) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("machine", machine);
        all.put("load", loads);
        all.put("latency", latencies);
        all.put("alone", connectorOnly);
        all.put("growth", growth);
        Files.createDirectories(file.toAbsolutePath().getParent());
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), all);
    }
}
