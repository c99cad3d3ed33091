package dev.livefeed.app.route.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.tooling.maven.MavenArtifact;
import org.apache.camel.tooling.maven.MavenDownloaderImpl;
import org.apache.camel.tooling.maven.MavenGav;
import org.apache.camel.tooling.maven.MavenResolutionException;

/**
 * Gets artifacts and what they need at run time from the local Maven repository, else from Maven Central and the
 * repositories, mirrors and proxies of the user's {@code settings.xml}.
 */
public final class ArtifactDownload {

    private final Set<String> bundled;

    /** Leaves out the artifacts of the jar. */
    public ArtifactDownload() {
        this(BundledArtifacts.names());
    }

    /** @param bundled artifacts to leave out, each as {@code group:artifact} */
    ArtifactDownload(Set<String> bundled) {
        this.bundled = bundled;
    }

    /**
     * Copies the artifacts into the folder. Another version of an artifact that is there is replaced.
     *
     * @param coordinates each as {@code group:artifact:version}
     * @return the files of the folder that were added or replaced
     * @throws IOException if an artifact is not found, no repository can be reached, or the folder cannot be written
     */
    public List<Path> into(Path folder, List<String> coordinates) throws IOException {
        List<Path> added = new ArrayList<>();
        TreeMap<String, MavenArtifact> byFile = new TreeMap<>();
        for (MavenArtifact artifact : resolved(coordinates)) {
            MavenGav gav = artifact.getGav();
            if (!bundled.contains(gav.getGroupId() + ":" + gav.getArtifactId())) {
                byFile.put(artifact.getFile().getName(), artifact);
            }
        }
        Files.createDirectories(folder);
        for (MavenArtifact artifact : byFile.values()) {
            Path target = folder.resolve(artifact.getFile().getName());
            if (!Files.exists(target)) {
                copy(artifact.getFile().toPath(), target);
                removeOtherVersions(folder, artifact.getGav().getArtifactId(), byFile.keySet());
                added.add(target);
            }
        }
        return added;
    }

    private static List<MavenArtifact> resolved(List<String> coordinates) throws IOException {
        try (MavenDownloaderImpl maven = new MavenDownloaderImpl()) {
            maven.build();
            maven.init();
            maven.start();
            return maven.resolveArtifacts(coordinates, Set.of(), true, false);
        } catch (MavenResolutionException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * Deletes the files of an artifact.
     *
     * @param kept names of files that stay: an artifact may have several, such as one for each operating system
     */
    static void removeOtherVersions(Path folder, String artifact, Set<String> kept) throws IOException {
        String pattern = artifact + "-[0-9]*.jar";
        try (var others = Files.newDirectoryStream(folder, pattern)) {
            for (Path other : others) {
                if (!kept.contains(other.getFileName().toString())) {
                    Files.delete(other);
                }
            }
        }
    }

    /** By a rename, so that no half file is ever used. */
    private static void copy(Path from, Path to) throws IOException {
        Path part = to.resolveSibling(to.getFileName() + ".part");
        try {
            Files.copy(from, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
