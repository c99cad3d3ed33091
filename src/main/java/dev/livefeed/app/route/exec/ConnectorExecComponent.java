package dev.livefeed.app.route.exec;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.component.exec.ExecComponent;
import org.apache.camel.component.exec.ExecEndpoint;
import org.apache.camel.component.exec.impl.DefaultExecBinding;

/**
 * The {@code exec} component. Endpoints of the {@link ConnectorExecutor} without the option {@code binding}, as in
 * connector routes of earlier versions, get a {@link ConnectorBinding}; all others are as in Camel.
 */
public final class ConnectorExecComponent extends ExecComponent {

    /** The name under which Camel finds it in place of its own. */
    public static final String NAME = "exec";

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        ExecEndpoint endpoint = (ExecEndpoint) super.createEndpoint(uri, remaining, parameters);
        if (endpoint.getCommandExecutor() instanceof ConnectorExecutor) {
            if (endpoint.getBinding().getClass() == DefaultExecBinding.class) {
                endpoint.setBinding(new ConnectorBinding());
            } else if (!(endpoint.getBinding() instanceof ConnectorBinding)) {
                throw new IllegalArgumentException("binding is "
                        + endpoint.getBinding().getClass().getName()
                        + "; the connector's exec step needs binding: \"#connectorBinding\"");
            }
        }
        return endpoint;
    }
}
