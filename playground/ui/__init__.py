"""The user interface: the only folder beside ``pages/`` that imports Streamlit, and nothing of the Keras side."""
