"""The page that the bench of years compares with: the same three charts as one writes them in plain Streamlit."""

import streamlit as st

from pages.parts.ask.warehouse import ask
from pages.parts.figures import draw
from pages.parts.say.text import Words

AGENCY = st.query_params["agency"]

st.set_page_config(layout="wide")
year = st.selectbox("year", [2568, 2567, 2566, 2565])
words = Words("en")
st.title(f"Fiscal year {year}")
for word, given in (("verdict", {}), ("change_waterfall", {}), ("weakest", {"order": "score"})):
    st.plotly_chart(draw(word, ask(word, agency=AGENCY, year=year, **given), words), key=f"figure_{word}")
