package dev.livefeed.app;

import dev.livefeed.app.route.library.ArtifactDownload;
import dev.livefeed.app.route.library.ArtifactDownload.Library;
import dev.livefeed.app.route.library.ComponentArtifacts;
import dev.livefeed.app.route.library.LibraryFolder;
import dev.livefeed.app.route.library.RunningJar;
import dev.livefeed.app.route.library.TracingArtifacts;
import dev.livefeed.app.route.reload.RouteTrial;
import dev.livefeed.app.state.FileFailure;
import dev.livefeed.connector.sdk.ExitCode;
import dev.livefeed.naming.ClosestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code add}: puts components of Camel that the jar does not contain into {@code lib/} beside it. */
@Command(
        name = "add",
        description = "Add components of Camel, or other libraries, to the folder lib/ beside the jar.",
        mixinStandardHelpOptions = true)
final class AddCommand implements Callable<Integer> {

    /** Libraries that a component needs to be useful, if there is a usual choice. */
    private static final Map<String, List<String>> WITH =
            Map.of("camel-sql", List.of("org.postgresql:postgresql:42.7.8", "com.zaxxer:HikariCP:7.0.2"));

    /** Libraries of sinks for which Camel has no component of that name. */
    private static final Map<String, String> SINKS = Map.of("mqtt", "com.hivemq:hivemq-mqtt-client:1.3.10");

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "NAME",
            description = "A component, data format or language of Camel (kafka, sql, avro), opentelemetry,"
                    + " or group:artifact:version.")
    private List<String> names;

    @Override
    public Integer call() {
        List<String> coordinates = new ArrayList<>();
        names.stream()
                .filter(name -> !name.equals(TracingArtifacts.NAME))
                .forEach(name -> coordinates.addAll(coordinates(name)));
        Path folder = LibraryFolder.beside(RunningJar.path()).path();
        List<Library> libraries;
        try {
            libraries = resolve(coordinates);
        } catch (IOException e) {
            System.err.println("error: " + String.join(", ", names) + " cannot be added: " + RouteTrial.oneLine(e)
                    + "; check the name, the network, and ~/.m2/settings.xml for a mirror or proxy");
            return ExitCode.UNAVAILABLE;
        }
        List<Path> added;
        try {
            added = ArtifactDownload.install(folder, libraries);
        } catch (IOException e) {
            System.err.println("error: " + String.join(", ", names) + " cannot be added to " + folder + ": "
                    + FileFailure.text(e) + "; it must be a folder that can be written, on a disk with room");
            return ExitCode.UNAVAILABLE;
        }
        System.out.println(
                added.isEmpty()
                        ? "nothing to add: " + String.join(", ", names) + " is in the jar or in " + folder
                        : "added to " + folder + ": " + shown(added) + "; it is used from the next start on");
        return 0;
    }

    private List<Library> resolve(List<String> coordinates) throws IOException {
        Set<Library> libraries = new LinkedHashSet<>();
        if (!coordinates.isEmpty()) {
            libraries.addAll(new ArtifactDownload().resolve(coordinates));
        }
        if (names.contains(TracingArtifacts.NAME)) {
            libraries.addAll(ArtifactDownload.ofTracing().resolve(TracingArtifacts.coordinates(Version.camel())));
        }
        return List.copyOf(libraries);
    }

    private List<String> coordinates(String name) {
        if (name.split(":").length == 3) {
            return List.of(name);
        }
        if (SINKS.containsKey(name)) {
            return List.of(SINKS.get(name));
        }
        ComponentArtifacts known = new ComponentArtifacts();
        String artifact = known.named(name);
        if (artifact == null) {
            List<String> all = Arrays.stream(ComponentArtifacts.Kind.values())
                    .flatMap(kind -> known.names(kind).stream())
                    .toList();
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "Camel has no component, data format or language \"" + name + "\"; the nearest is "
                            + ClosestName.any(name, all)
                            + "; another library is named by group:artifact:version");
        }
        List<String> all = new ArrayList<>();
        all.add("org.apache.camel:" + artifact + ":" + Version.camel());
        all.addAll(WITH.getOrDefault(artifact, List.of()));
        return all;
    }

    private static String shown(List<Path> files) {
        long bytes = 0;
        for (Path file : files) {
            try {
                bytes += Files.size(file);
            } catch (IOException e) {
                // Its size is not known; it is only shown.
            }
        }
        return files.size() + " libraries, " + Math.round(bytes / 1e6) + " MB";
    }
}
