package dev.livefeed.route;

import dev.livefeed.settings.Placeholders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PackageScanResourceResolver;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PatternHelper;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The route files of a run: a folder that can be edited, or, where there is none, those the jar carries. */
public final class RouteFiles {

    /** File names end so. */
    public static final String SUFFIX = ".camel.yaml";

    private static final String PACKED = "classpath:routes/*" + SUFFIX;

    private static final long LARGEST_READ = 1024 * 1024;

    private final Path folder;

    private RouteFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * Looks in the folder that was set, then in {@code routes/} of the working directory, then beside the jar.
     *
     * @param set the setting's value, or empty
     * @param jar the jar that runs, or null where there is none
     */
    public static RouteFiles find(String set, Path workingDirectory, Path jar) throws IOException {
        if (!set.isEmpty()) {
            return new RouteFiles(workingDirectory.resolve(set).toAbsolutePath().normalize());
        }
        List<Path> candidates = new ArrayList<>();
        candidates.add(workingDirectory.resolve("routes"));
        if (jar != null && jar.getParent() != null) {
            candidates.add(jar.getParent().resolve("routes"));
        }
        for (Path candidate : candidates) {
            Path absolute = candidate.toAbsolutePath().normalize();
            if (Files.isDirectory(absolute) && !list(absolute).isEmpty()) {
                return new RouteFiles(absolute);
            }
        }
        return new RouteFiles(null);
    }

    /** The names of properties and environment variables that an operator's own route files use, as far as they can be read. */
    public static Set<String> namesUsed(String set, Path workingDirectory, Path jar) {
        Set<String> names = new TreeSet<>();
        for (Path file : listed(set, workingDirectory, jar)) {
            try {
                if (Files.isRegularFile(file) && Files.size(file) <= LARGEST_READ) {
                    names.addAll(Placeholders.in(
                            new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.UTF_8)));
                }
            } catch (IOException e) {
                // The trial of the routes says what is wrong with the file.
            }
        }
        return names;
    }

    private static List<Path> listed(String set, Path workingDirectory, Path jar) {
        try {
            Path folder = find(set, workingDirectory, jar).folder();
            return folder == null ? List.of() : list(folder);
        } catch (IOException | InvalidPathException e) {
            return List.of();
        }
    }

    /** The folder, or null where the routes are those in the jar. */
    public Path folder() {
        return folder;
    }

    /** The pattern for Camel. */
    public String pattern() {
        return folder == null ? PACKED : "file:" + folder + "/*" + SUFFIX;
    }

    /** Where the routes are, for people. */
    public String place() {
        return folder == null ? "the jar" : folder.toString();
    }

    /** Reads all files: name to content. */
    public Map<String, byte[]> read(CamelContext context) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        if (folder != null) {
            for (Path file : list(folder)) {
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
            return files;
        }
        PackageScanResourceResolver resolver = PluginHelper.getPackageScanResourceResolver(context);
        try {
            for (Resource resource : resolver.findResources(PACKED)) {
                String location = resource.getLocation();
                try (var in = resource.getInputStream()) {
                    files.put(location.substring(location.lastIndexOf('/') + 1), in.readAllBytes());
                }
            }
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
        return files;
    }

    /** A file's content as Camel loads it; the location says which file it is. */
    public Resource resource(String name, byte[] content) {
        return ResourceHelper.fromBytes(
                folder == null ? "classpath:routes/" + name : "file:" + folder + "/" + name, content);
    }

    /**
     * The ids of the routeConfigurations that a file holds; the empty id for one without, which holds for all routes.
     *
     * @param content null where there is no such file
     */
    static Set<String> configurations(byte[] content) {
        Set<String> ids = new TreeSet<>();
        Object root = content == null
                ? null
                : new Load(LoadSettings.builder().build()).loadFromInputStream(new ByteArrayInputStream(content));
        if (root instanceof List<?> parts) {
            for (Object part : parts) {
                if (part instanceof Map<?, ?> map && map.get("routeConfiguration") instanceof Map<?, ?> configuration) {
                    Object id = configuration.get("id");
                    ids.add(id == null ? "" : id.toString());
                }
            }
        }
        return ids;
    }

    /**
     * Whether a route takes a routeConfiguration over.
     *
     * @param wanted what the route names: ids or patterns, comma separated, or null
     * @param id the configuration's, empty where it has none
     */
    static boolean uses(String wanted, String id) {
        if (wanted == null || wanted.isBlank()) {
            return id.isEmpty();
        }
        return Arrays.stream(wanted.split(",")).anyMatch(one -> PatternHelper.matchPattern(id, one.strip()));
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().endsWith(SUFFIX)
                            && !f.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }
}
