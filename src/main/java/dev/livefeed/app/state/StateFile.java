package dev.livefeed.app.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One file of saved state: JSON with its kind, its version and a checksum over the content. It is written beside
 * itself, forced to the disk and then renamed, so that a reader finds the old one or the new one, whole.
 */
public final class StateFile {

    private static final long MAX_BYTES = 256L << 20;
    private static final int MAX_ASIDE = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Path file;
    private final String kind;
    private final int version;

    /**
     * A file that may or may not be there.
     *
     * @param kind what it holds
     * @param version of the content's form; a file of another is refused
     */
    public StateFile(Path file, String kind, int version) {
        this.file = file;
        this.kind = kind;
        this.version = version;
    }

    /**
     * Replaces the file, making its folder where there is none.
     *
     * @param content objects, texts, whole numbers and booleans
     * @throws IOException where that fails; the file is as it was then
     */
    public void write(JsonNode content) throws IOException {
        String text = JSON.writeValueAsString(content);
        ObjectNode whole = JSON.createObjectNode();
        whole.put("kind", kind);
        whole.put("version", version);
        whole.put("sha256", checksum(text));
        whole.set("content", content);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path beside = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            write(beside, JSON.writeValueAsBytes(whole));
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            delete(beside, e);
            throw e;
        }
        forceFolder();
    }

    private static void write(Path beside, byte[] whole) throws IOException {
        try (FileChannel channel = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(whole);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** A part of a file helps nobody, and takes room on a disk that may be full. */
    private static void delete(Path beside, IOException reason) {
        try {
            Files.deleteIfExists(beside);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    private void forceFolder() {
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            // Some systems open no folders; the rename itself was atomic.
        }
    }

    public boolean exists() {
        return Files.exists(file);
    }

    /**
     * The content, or null where there is no file.
     *
     * @throws DamagedStateException where the file is not what was written, or of another kind or version
     */
    public JsonNode read() throws DamagedStateException {
        if (!exists()) {
            return null;
        }
        JsonNode whole;
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new DamagedStateException("it has more than " + MAX_BYTES + " bytes");
            }
            whole = JSON.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new DamagedStateException("it is no whole JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new DamagedStateException("it cannot be read: " + e);
        }
        if (!whole.path("kind").asText().equals(kind)) {
            throw new DamagedStateException("it holds no " + kind);
        }
        if (whole.path("version").asInt(-1) != version) {
            throw new DamagedStateException(
                    "it is of version " + whole.path("version").asText() + ", this program reads version " + version);
        }
        JsonNode content = whole.path("content");
        if (!whole.path("sha256").asText().equals(checksum(content.toString()))) {
            throw new DamagedStateException("its checksum is wrong");
        }
        return content;
    }

    /**
     * Moves the file out of the way, under a name that is free.
     *
     * @throws IOException where that fails; the file stays
     */
    public Path setAside() throws IOException {
        for (int i = 1; i <= MAX_ASIDE; i++) {
            Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + i);
            if (!Files.exists(aside)) {
                return Files.move(file, aside);
            }
        }
        throw new IOException(MAX_ASIDE + " damaged files are kept already; look at them and delete them");
    }

    private static String checksum(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
