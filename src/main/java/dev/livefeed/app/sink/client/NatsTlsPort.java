package dev.livefeed.app.sink.client;

import io.nats.client.Connection;
import io.nats.client.impl.SocketDataPort;
import java.io.IOException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** TLS to a NATS server: checks that the certificate is of that host, and limits the handshake. jnats does neither. */
public final class NatsTlsPort extends SocketDataPort {

    private static final int HANDSHAKE_MILLIS = 5_000;

    @Override
    public void upgradeToSecure() throws IOException {
        SSLSocket secure = (SSLSocket) ((Connection) connection)
                .getOptions()
                .getSslContext()
                .getSocketFactory()
                .createSocket(socket, host, port, true);
        SSLParameters rules = secure.getSSLParameters();
        rules.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(rules);
        secure.setUseClientMode(true);
        int timeout = secure.getSoTimeout();
        secure.setSoTimeout(HANDSHAKE_MILLIS);
        secure.startHandshake();
        secure.setSoTimeout(timeout);
        socket = secure;
        in = secure.getInputStream();
        out = secure.getOutputStream();
        isSecure = true;
    }
}
