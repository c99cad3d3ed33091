<#-- META-INF/THIRD-PARTY.txt: the libraries of Maven, then those of the dashboard, which are copied from npm
     (src/main/web/lib/libraries.txt). WebLibrariesTest compares the two. -->
<#function licenseFormat licenses>
    <#assign result = ""/>
    <#list licenses as license>
        <#assign result = result + " (" +license + ")"/>
    </#list>
    <#return result>
</#function>
<#function artifactFormat p>
    <#assign name = p.name/>
    <#if name?index_of('Unnamed') &gt; -1>
        <#assign name = p.artifactId/>
    </#if>
    <#return name + " (" + p.groupId + ":" + p.artifactId + ":" + p.version + " - " + (p.url!"no url defined") + ")">
</#function>

Lists of ${dependencyMap?size} third-party dependencies.
    <#list dependencyMap as e>
    ${licenseFormat(e.getValue())} ${artifactFormat(e.getKey())}
    </#list>

The dashboard contains:
     (Apache-2.0) Lightweight Charts (npm:lightweight-charts:5.2.1 - https://github.com/tradingview/lightweight-charts)
     (MIT) fancy-canvas, in Lightweight Charts (npm:fancy-canvas:2.1.0 - https://github.com/tradingview/fancy-canvas)
     (MIT) Preact (npm:preact:10.29.8 - https://preactjs.com)
     (Apache-2.0) htm (npm:htm:3.1.1 - https://github.com/developit/htm)
