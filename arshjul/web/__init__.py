"""The portal: where deputies answer in a browser, and where managers see and decide.

Starlette and Jinja2; no build step, nothing from other hosts, and no page needs JavaScript. A page is a
plain function from `Ask` to a response, declared with the deed it takes (`arshjul.access`) in a table; who
may see it is decided in one place before it is called. What pages do is `arshjul.steps`; nothing here knows
Prefect.
"""
