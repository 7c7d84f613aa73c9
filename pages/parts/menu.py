"""The pages of the menu in its order, as the frame and the first view show them: pages/<name>.py, at /<name>, titled by the text
`<name>.page`; the overview is at / as well."""

PAGES = ["overview", "trends", "weakest", "completion", "compare", "path", "province", "present", "papers", "sources"]
