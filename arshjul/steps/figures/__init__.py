"""What a cycle's report rests on: answers, sources, earlier reports and other units', gathered from the
store.
"""
