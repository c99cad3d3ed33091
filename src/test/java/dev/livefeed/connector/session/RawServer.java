package dev.livefeed.connector.session;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

/** A server that sends arbitrary bytes, including invalid ones. Each connection is handled by a script. */
final class RawServer implements Closeable {

    private final ServerSocket server;

    /** Handles a connection, which is closed afterwards. */
    interface Script {

        void play(Peer peer) throws IOException, InterruptedException;
    }

    RawServer(Script script) throws IOException {
        this(InetAddress.getByName("127.0.0.1"), script);
    }

    RawServer(InetAddress address, Script script) throws IOException {
        server = new ServerSocket(0, 10, address);
        Thread thread = new Thread(() -> accept(script), "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept(Script script) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                script.play(new Peer(socket));
            } catch (IOException e) {
                // Closed by the client or the test.
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** One connection. */
    static final class Peer {

        private final Socket socket;
        private final DataInputStream in;
        private final OutputStream out;

        Peer(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new DataInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
        }

        /** The request line and headers. */
        String request() throws IOException {
            StringBuilder text = new StringBuilder();
            while (text.indexOf("\r\n\r\n") < 0) {
                text.append((char) in.readUnsignedByte());
            }
            return text.toString();
        }

        /** Reads so many bytes, or fewer if the client closes. */
        byte[] bytes(int count) throws IOException {
            return in.readNBytes(count);
        }

        void send(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        void send(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        /** Answers a WebSocket handshake. */
        void accept(String request, String moreHeaders) throws IOException {
            String key = request.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElseThrow();
            try {
                byte[] hash = MessageDigest.getInstance("SHA-1")
                        .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
                send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: "
                        + "Upgrade\r\nSec-WebSocket-Accept: "
                        + Base64.getEncoder().encodeToString(hash) + "\r\n" + moreHeaders + "\r\n");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Reads one masked frame of at most 125 bytes; returns its text. */
        String frame() throws IOException {
            in.readUnsignedByte();
            byte[] mask = new byte[4];
            byte[] text = new byte[in.readUnsignedByte() & 127];
            in.readFully(mask);
            in.readFully(text);
            for (int i = 0; i < text.length; i++) {
                text[i] ^= mask[i & 3];
            }
            return new String(text, StandardCharsets.UTF_8);
        }

        /** Waits until the client closes the connection. */
        void awaitClose() throws IOException {
            while (in.read() >= 0) {
                // Discard the rest.
            }
        }

        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
