package dev.livefeed.connector.session;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A proxy of either kind, by the first byte of a client: HTTP CONNECT, or SOCKS5 (RFC 1928, RFC 1929). Every name ends
 * below {@code .example} and is taken for this machine; addresses are used as they are.
 */
public final class TunnelProxy implements Closeable {

    private final ServerSocket server;
    private final String login;

    /** What clients asked for: {@code CONNECT host:port}, {@code SOCKS5 host:port}. */
    public final List<String> asked = new CopyOnWriteArrayList<>();

    /** Sent instead of an answer to CONNECT, if it is not null. */
    volatile String httpRefusal;

    /** The reply code of SOCKS5, if it is not 0. */
    volatile int socksReply;

    /** @param login {@code user:password}, or null if none is wanted */
    public TunnelProxy(String login) throws IOException {
        this(login, 0);
    }

    /** @param port 0 for any */
    public TunnelProxy(String login, int port) throws IOException {
        this.login = login;
        server = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"));
        run("proxy", this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private interface Work {

        void run() throws IOException;
    }

    private static void run(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // Closed by one of the ends.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            run("proxy-client", () -> {
                try (client) {
                    DataInputStream in = new DataInputStream(client.getInputStream());
                    int first = in.readUnsignedByte();
                    if (first == 5) {
                        socks(client, in);
                    } else {
                        connect(client, in, (char) first);
                    }
                }
            });
        }
    }

    private void connect(Socket client, DataInputStream in, char first) throws IOException {
        StringBuilder head = new StringBuilder().append(first);
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        String target = head.substring(0, head.indexOf(" HTTP/")).replace("CONNECT ", "");
        asked.add("CONNECT " + target);
        OutputStream out = client.getOutputStream();
        String basic =
                login == null ? null : Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        if (httpRefusal != null) {
            out.write(httpRefusal.getBytes(StandardCharsets.ISO_8859_1));
        } else if (basic != null
                && !head.toString()
                        .toLowerCase(Locale.ROOT)
                        .contains("proxy-authorization: basic " + basic.toLowerCase(Locale.ROOT))) {
            out.write("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n".getBytes());
        } else {
            int colon = target.lastIndexOf(':');
            try (Socket host = open(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)))) {
                out.write("HTTP/1.1 200 Connection established\r\nVia: 1.1 test\r\n\r\n".getBytes());
                pump(client, in, host);
            } catch (java.net.ConnectException e) {
                out.write("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n".getBytes());
            }
        }
    }

    private void socks(Socket client, DataInputStream in) throws IOException {
        OutputStream out = client.getOutputStream();
        byte[] methods = new byte[in.readUnsignedByte()];
        in.readFully(methods);
        boolean offersLogin = new String(methods, StandardCharsets.ISO_8859_1).indexOf(2) >= 0;
        if (login == null) {
            out.write(new byte[] {5, 0});
        } else if (!offersLogin) {
            out.write(new byte[] {5, (byte) 0xff});
            return;
        } else {
            out.write(new byte[] {5, 2});
            in.readUnsignedByte();
            String given = text(in) + ':' + text(in);
            out.write(new byte[] {1, (byte) (given.equals(login) ? 0 : 1)});
            if (!given.equals(login)) {
                return;
            }
        }
        in.skipBytes(3);
        int type = in.readUnsignedByte();
        String host = type == 3 ? text(in) : address(in, type == 1 ? 4 : 16);
        int port = in.readUnsignedShort();
        asked.add("SOCKS5 " + host + ':' + port);
        if (socksReply != 0) {
            out.write(new byte[] {5, (byte) socksReply, 0, 1, 0, 0, 0, 0, 0, 0});
            return;
        }
        try (Socket target = open(host, port)) {
            out.write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 1});
            pump(client, in, target);
        }
    }

    private static String text(DataInputStream in) throws IOException {
        byte[] text = new byte[in.readUnsignedByte()];
        in.readFully(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static String address(DataInputStream in, int length) throws IOException {
        byte[] address = new byte[length];
        in.readFully(address);
        return InetAddress.getByAddress(address).getHostAddress();
    }

    private static Socket open(String host, int port) throws IOException {
        return new Socket(host.endsWith(".example") ? "127.0.0.1" : host, port);
    }

    private static void pump(Socket client, InputStream fromClient, Socket host) throws IOException {
        run("proxy-back", () -> {
            try (client) {
                host.getInputStream().transferTo(client.getOutputStream());
            }
        });
        fromClient.transferTo(host.getOutputStream());
    }
}
