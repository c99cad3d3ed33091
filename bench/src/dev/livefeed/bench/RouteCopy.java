package dev.livefeed.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A copy of the shipped routes with the probe as one more step behind the market. */
final class RouteCopy {

    private static final List<String> PROBED = List.of("trades.camel.yaml", "depth.camel.yaml");

    private RouteCopy() {}

    static void make(Path routes, Path target) throws IOException {
        Files.createDirectories(target);
        try (Stream<Path> files = Files.list(routes)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".camel.yaml")).toList()) {
                String name = file.getFileName().toString();
                List<String> lines = Files.readAllLines(file);
                Files.write(target.resolve(name), PROBED.contains(name) ? withProbe(name, lines) : lines);
            }
        }
    }

    private static List<String> withProbe(String name, List<String> lines) throws IOException {
        for (int i = 0; i + 1 < lines.size(); i++) {
            String step = lines.get(i);
            if (step.strip().equals("- bean:") && lines.get(i + 1).strip().equals("ref: market")) {
                int indent = step.indexOf('-');
                int behind = i + 1;
                while (behind < lines.size() && indentOf(lines.get(behind)) > indent) {
                    behind++;
                }
                List<String> probed = new ArrayList<>(lines);
                String margin = " ".repeat(indent);
                probed.addAll(
                        behind,
                        List.of(margin + "- process:", margin + "    ref: \"#class:" + Probe.class.getName() + '"'));
                return probed;
            }
        }
        throw new IOException("no step \"- bean: ref: market\" in " + name + ", behind which the probe belongs");
    }

    private static int indentOf(String line) {
        return line.length() - line.stripLeading().length();
    }
}
